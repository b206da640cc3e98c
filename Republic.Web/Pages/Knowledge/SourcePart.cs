using Republic.Core.Knowledge;

namespace Republic.Web.Pages.Knowledge;

/// <summary>A piece of a document's text, as it was read: the place of a passage, or what stands between two.</summary>
/// <param name="Passage">Null between two.</param>
public sealed record SourcePart(IReadOnlyList<CodePart> Parts, PassageRow? Passage)
{
    /// <param name="rows">In their order; where two of them overlap, the place belongs to the first.</param>
    /// <param name="isFirst">Whether what stands before the first of them is shown too.</param>
    public static IReadOnlyList<SourcePart> Of(string text, IReadOnlyList<PassageRow> rows, bool isFirst)
    {
        var (parts, code) = (new List<SourcePart>(), CodePart.Places(text));
        var at = isFirst || rows.Count == 0 ? 0 : Math.Min(rows[0].Offset, text.Length);
        foreach (var row in rows)
        {
            var start = Math.Clamp(row.Offset, at, text.Length);
            var end = Math.Clamp(row.Offset + row.Length, start, text.Length);
            Add(at, start, null);
            Add(start, end, row);
            at = end;
        }

        return parts;

        void Add(int from, int to, PassageRow? row)
        {
            if (to > from)
            {
                parts.Add(new SourcePart(CodePart.Of(text, from, to, code), row));
            }
        }
    }
}
