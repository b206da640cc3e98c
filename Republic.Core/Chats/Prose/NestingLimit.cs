using Markdig;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Syntax;

namespace Republic.Core.Chats.Prose;

/// <summary>
/// Quotes and lists stand in each other only so deep: what a line costs the parser grows with all that it stands in. Where one more would
/// begin, words do, with its marker among them.
/// </summary>
internal sealed class NestingLimit : BlockParser, IMarkdownExtension
{
    /// <summary>A list counts twice, as itself and as its item.</summary>
    private const int Deepest = 60;

    private ParagraphBlockParser words = null!;

    public NestingLimit() => OpeningCharacters = [.. ">-*+0123456789"];

    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        words = pipeline.BlockParsers.Find<ParagraphBlockParser>()!;
        pipeline.BlockParsers.Insert(0, this);
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) { }

    public override BlockState TryOpen(BlockProcessor processor) =>
        processor.IsCodeIndent || Depth(processor.CurrentContainer) < Deepest ? BlockState.None : words.TryOpen(processor);

    /// <summary>What the line does not go on with is still there, but not open.</summary>
    private static int Depth(Block? container)
    {
        var depth = 0;
        for (; container is not null; container = container.Parent)
        {
            depth += container.IsOpen ? 1 : 0;
        }

        return depth;
    }
}
