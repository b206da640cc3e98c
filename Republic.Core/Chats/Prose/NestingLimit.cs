using Markdig;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Syntax;

namespace Republic.Core.Chats.Prose;

/// <summary>
/// Limits how deep quotes and lists are nested, since the cost of a line grows with the blocks that it is in. Beyond the limit a marker is
/// read as text.
/// </summary>
internal sealed class NestingLimit : BlockParser, IMarkdownExtension
{
    /// <summary>The deepest nesting. A list counts twice, as itself and as its item.</summary>
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

    /// <summary>
    /// The number of open blocks around a line. Blocks that the line does not continue are still its ancestors, but not open.
    /// </summary>
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
