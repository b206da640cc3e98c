using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Republic.Core.Help;

/// <summary>Reads a page of help.</summary>
internal static class HelpMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    public static MarkdownDocument Parse(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            heading.GetAttributes().Id = Anchor(Plain(heading.Inline), anchors);
        }

        // A row of headings without words would be read out as empty ones.
        foreach (var table in document.Descendants<Table>().ToList())
        {
            if (table is [TableRow { IsHeader: true } head, ..] && Cells(head).All(cell => cell.Length == 0))
            {
                table.RemoveAt(0);
            }
        }

        return document;
    }

    public static IReadOnlyList<HelpSection> Sections(HelpPage page, MarkdownDocument document)
    {
        List<HelpSection> sections = [];
        var (anchor, title, level, texts) = ("", page.Title, 1, new List<string>());
        foreach (var block in document)
        {
            if (block is not HeadingBlock { Level: > 1 } heading)
            {
                texts.AddRange(Texts(block).Where(text => text.Length > 0));
                continue;
            }

            sections.Add(new HelpSection(page, anchor, title, level, texts));
            (anchor, title, level, texts) = (heading.GetAttributes().Id!, Plain(heading.Inline), heading.Level, []);
        }

        return [.. sections, new HelpSection(page, anchor, title, level, texts)];
    }

    public static string FirstSentence(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }

    /// <summary>Words without marks, on one line.</summary>
    public static string Plain(ContainerInline? inline)
    {
        var words = new StringBuilder();
        foreach (var part in inline?.Descendants() ?? [])
        {
            _ = part switch
            {
                LiteralInline literal => words.Append(literal.Content.AsSpan()),
                CodeInline code => words.Append(code.Content),
                HtmlEntityInline entity => words.Append(entity.Transcoded.AsSpan()),
                LineBreakInline => words.Append(' '),
                _ => words,
            };
        }

        return words.ToString().Trim();
    }

    private static IEnumerable<string> Texts(Block block) =>
        block switch
        {
            HeadingBlock => [],
            Table table => table.OfType<TableRow>().Where(row => !row.IsHeader).Select(row => Sentence([.. Cells(row)])),
            ListBlock list => list.OfType<ListItemBlock>().Select(item => string.Join(' ', item.SelectMany(Texts))),
            ContainerBlock container => container.SelectMany(Texts),
            // What a link is for, and not its words, is lost with it.
            LeafBlock { Inline: { } inline } => [Plain(inline).Replace(" (more)", "", StringComparison.Ordinal)],
            CodeBlock code => [code.Lines.ToString().Trim()],
            _ => [],
        };

    /// <summary>A row is read as its first cell, and what the others say of it.</summary>
    private static string Sentence(IReadOnlyList<string> cells)
    {
        var others = string.Join("; ", cells.Skip(1).Where(cell => cell.Length > 0));
        return others.Length == 0 ? cells[0]
            : cells[0].Length == 0 ? others
            : $"{cells[0]}: {others}";
    }

    private static IEnumerable<string> Cells(TableRow row) =>
        row.OfType<TableCell>().Select(cell => string.Join(' ', cell.SelectMany(Texts)));

    /// <summary>As the repository's host makes them of headings, which the links in the pages count on.</summary>
    private static string Anchor(string heading, HashSet<string> taken)
    {
        var kept = heading.Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_');
        var anchor = string.Concat(kept).ToLowerInvariant().Replace(' ', '-');
        var number = 0;
        var unique = anchor;
        while (!taken.Add(unique))
        {
            unique = $"{anchor}-{++number}";
        }

        return unique;
    }
}
