namespace Republic.Core.Knowledge.Cutting;

/// <summary>Where a passage stands in its document's text.</summary>
/// <param name="Start">Of its own part.</param>
/// <param name="Overlap">Characters directly before that which are the end of the passage before, repeated.</param>
public sealed record PassagePiece(int Start, int Length, int Overlap, string? Heading, int? Page)
{
    public string TextIn(string document)
    {
        return document.Substring(Start - Overlap, Overlap + Length);
    }
}
