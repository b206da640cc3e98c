namespace Republic.Core.Search;

/// <param name="Marks">Where words that were searched for stand in the text, in their order.</param>
internal sealed record Snippet(string Text, IReadOnlyList<(int Begin, int Length)> Marks)
{
    public static Snippet Empty { get; } = new("", []);
}
