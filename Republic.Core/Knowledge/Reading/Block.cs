namespace Republic.Core.Knowledge.Reading;

/// <param name="Start">In the document's text.</param>
/// <param name="Level">Of a heading, from 1.</param>
/// <param name="Page">From 1; null where the format has none.</param>
public sealed record Block(BlockKind Kind, int Start, int Length, int Level = 0, int? Page = null)
{
    public int End => Start + Length;
}
