namespace Republic.Core.Llama.Grammars;

/// <summary>Where a grammar goes on when the rule or body that it is in has ended. Equal frames of a grammar are one object.</summary>
/// <param name="outer">Null for the outermost one, whose end is the end of the text.</param>
/// <param name="node">The step that resumes.</param>
/// <param name="count">How often a repeated body was through before the present time; negative: nothing is repeated.</param>
/// <param name="least">The fewest bytes from there to the end of the text.</param>
internal sealed class GrammarFrame(GrammarFrame? outer, int node, int count, int least)
{
    public static GrammarFrame Outermost { get; } = new(null, 0, -1, 0);

    public GrammarFrame? Outer => outer;

    public int Node => node;

    public int Count => count;

    public int Least => least;

    public int Depth { get; } = outer is null ? 0 : outer.Depth + 1;
}
