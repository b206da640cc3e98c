using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;

namespace Republic.Core.Chats.Prose;

/// <summary>
/// What people and models write, as HTML that cannot do anything: no HTML of theirs, no script addresses, no images from elsewhere,
/// no styles. Half an answer is rendered by the same rules as a whole one, so a stream is as safe as the page.
/// </summary>
public static class ProseHtml
{
    /// <summary>Longer texts are shown as they were written: rendering them again for each piece that streams in would take too long.</summary>
    private const int MaxMarkdown = 200_000;

    private static readonly MarkdownPipeline Pipeline = Built();

    public static string Render(string markdown, Citations? citations = null) => string.Concat(Blocks(markdown, citations));

    /// <summary>The numbers of passages that the text names.</summary>
    /// <param name="passages">How many there are.</param>
    public static IReadOnlySet<int> Cited(string markdown, int passages)
    {
        if (passages == 0 || markdown.Length > MaxMarkdown)
        {
            return new HashSet<int>();
        }

        try
        {
            return Parsed(markdown, new Citations(Guid.Empty, passages))
                .Descendants<CiteInline>()
                .SelectMany(cite => cite.Numbers)
                .ToHashSet();
        }
        catch (ArgumentException)
        {
            return new HashSet<int>();
        }
    }

    /// <summary>One element each. While an answer grows, the first ones stay as they are and only the tail changes.</summary>
    public static IReadOnlyList<string> Blocks(string markdown, Citations? citations = null)
    {
        // Browsers differ on control characters, and none has a place in prose.
        if (markdown.AsSpan().ContainsAnyInRange('\0', '\u001F'))
        {
            markdown = string.Concat(markdown.Where(c => !char.IsControl(c) || c is '\n' or '\r' or '\t'));
        }

        if (markdown.Length > MaxMarkdown)
        {
            return [AsWritten(markdown)];
        }

        try
        {
            return Rendered(markdown, citations);
        }
        catch (ArgumentException)
        {
            // Markdig's guard against nesting that would overflow the stack.
            return [AsWritten(markdown)];
        }
    }

    private static List<string> Rendered(string markdown, Citations? citations)
    {
        using var writer = new StringWriter();
        var html = Renderer(writer);
        var blocks = new List<string>();
        foreach (var block in Parsed(markdown, citations))
        {
            writer.GetStringBuilder().Clear();
            try
            {
                html.Write(block);
            }
            catch (ArgumentException)
            {
                // Markdig's guard, as below: hundreds of brackets that are never closed stand in each other. It does not count back.
                html = Renderer(writer);
                writer.GetStringBuilder().Clear().Append(AsWritten(markdown[block.Span.Start..(block.Span.End + 1)]));
            }

            if (writer.ToString().Trim() is { Length: > 0 } written)
            {
                blocks.Add(written);
            }
        }

        return blocks;
    }

    private static HtmlRenderer Renderer(StringWriter writer)
    {
        var html = new HtmlRenderer(writer);
        Pipeline.Setup(html);
        Harden(html.ObjectRenderers);
        return html;
    }

    private static MarkdownPipeline Built()
    {
        var builder = new MarkdownPipelineBuilder()
            .DisableHtml()
            .UsePipeTables()
            .UseTaskLists()
            .UseAutoLinks()
            .UseMathematics()
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
            .UseSoftlineBreakAsHardlineBreak()
            .Use<InlineBudget>()
            .Use<NestingLimit>();
        builder.InlineParsers.Insert(0, new CiteParser());
        return builder.Build();
    }

    private static MarkdownDocument Parsed(string markdown, Citations? citations) =>
        Markdown.Parse(markdown, Pipeline, CiteParser.Context(citations));

    private static void Harden(ObjectRendererCollection renderers)
    {
        renderers.Add(new CiteRenderer());
        renderers.ReplaceOrAdd<LinkInlineRenderer>(new SafeLinkRenderer());
        renderers.ReplaceOrAdd<AutolinkInlineRenderer>(new SafeAutolinkRenderer());
        renderers.ReplaceOrAdd<HtmlInlineRenderer>(new InertHtmlInlineRenderer());
        renderers.ReplaceOrAdd<HtmlBlockRenderer>(new InertHtmlBlockRenderer());
        renderers.ReplaceOrAdd<CodeBlockRenderer>(new CodeRenderer());
        renderers.ReplaceOrAdd<HeadingRenderer>(new InnerHeadingRenderer());
        renderers.ReplaceOrAdd<HtmlTableRenderer>(new ScrollingTableRenderer());
        renderers.ReplaceOrAdd<HtmlTaskListRenderer>(new TaskMarkRenderer());
        renderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new MathTextRenderer());
        renderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new MathTextBlockRenderer());
    }

    private static string AsWritten(string text) => $"<p class=\"as-written\">{Html.Encode(text)}</p>";
}
