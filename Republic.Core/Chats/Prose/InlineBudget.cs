using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Republic.Core.Chats.Prose;

/// <summary>
/// Limits the work that the paragraphs of one text cost the parser. What the parser does at a delimiter grows with the delimiters before it
/// and with the word it stands in, and each row of a table gets as many cells as the widest. A paragraph that costs more than what is left
/// is shown as it was written; all others are formatted. Code in fences is no paragraph, and costs nothing.
/// </summary>
internal sealed class InlineBudget : ParagraphBlockParser, IMarkdownExtension
{
    /// <summary>The budget of one text, some 0.1 s at most: 3,000 delimiters in one paragraph, or 50,000 cells.</summary>
    private const long OfAText = 10_000_000;
    private const long CostOfACell = 200;
    private const int LongestHeading = 100;
    private const int MostBeforeHeading = 10_000;

    private static readonly object Spent = new();
    private static readonly string[] BareLinks = ["://", "www.", "mailto:", "tel:"];

    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        pipeline.BlockParsers.Replace<ParagraphBlockParser>(this);
        pipeline.BlockParsers.Find<HeadingBlockParser>()!.Closed += (processor, heading) => Afford(processor, (LeafBlock)heading);
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) { }

    /// <summary>
    /// A line of = or - makes a heading of the paragraph above it, which is read again at each such line that makes none, and looked for among
    /// all blocks before it at each that does.
    /// </summary>
    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        var mayBeHeading = ((LeafBlock)block).Lines.Count < LongestHeading && block.Parent!.Count < MostBeforeHeading;
        if (processor.IsBlankLine || mayBeHeading)
        {
            return base.TryContinue(processor, block);
        }

        block.UpdateSpanEnd(processor.Line.End);
        return BlockState.Continue;
    }

    /// <summary>All lines are known, and nothing in them has been looked for: addresses of links at their beginning are taken out here.</summary>
    public override bool Close(BlockProcessor processor, Block block) =>
        !Afford(processor, (LeafBlock)block) || base.Close(processor, block);

    private static bool Afford(BlockProcessor processor, LeafBlock paragraph)
    {
        var text = processor.Document;
        var spent = (text.GetData(Spent) as long? ?? 0) + CostOf(paragraph.Lines);
        if (spent <= OfAText)
        {
            text.SetData(Spent, spent);
            return true;
        }

        paragraph.ProcessInlines = false;
        paragraph.Inline = new ContainerInline().AppendChild(new LiteralInline(paragraph.Lines.ToString()));
        paragraph.GetAttributes().AddClass("as-written");
        return false;
    }

    private static long CostOf(StringLineGroup lines)
    {
        long delimiters = 0;
        long longestWord = 0;
        long columns = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines.Lines[i].Slice.AsSpan();
            delimiters += Delimiters(line);
            longestWord = Math.Max(longestWord, LongestWord(line));
            columns = Math.Max(columns, line.Count('|'));
        }

        return (delimiters * (delimiters + (longestWord / 2))) + (columns * lines.Count * CostOfACell);
    }

    private static int Delimiters(ReadOnlySpan<char> line)
    {
        var count = 0;
        var before = '\0';
        foreach (var c in line)
        {
            // Each bracket counts; of the others, each run of the same character.
            count += c is '[' or ']' or '<' || (c is '*' or '_' or '~' or '`' or '$' && c != before) ? 1 : 0;
            before = c;
        }

        foreach (var link in BareLinks)
        {
            count += line.Count(link);
        }

        return count;
    }

    /// <summary>The length of the longest run without white space, which bounds the address of a link.</summary>
    private static int LongestWord(ReadOnlySpan<char> line)
    {
        var (longest, current) = (0, 0);
        foreach (var c in line)
        {
            current = char.IsWhiteSpace(c) ? 0 : current + 1;
            longest = Math.Max(longest, current);
        }

        return longest;
    }
}
