using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Splitting;
using Republic.Core.Datasets.Versions.Changes;

namespace Republic.Core.Datasets.Refining;

/// <summary>The samples of a run, read again from its source.</summary>
/// <param name="kept">Which of the candidates they are.</param>
/// <param name="changed">What some of them were changed into, by the sample's number.</param>
internal sealed class CandidateSides(
    SourceFile source,
    ChunkedList<CandidateRow> candidates,
    IReadOnlyList<int> kept,
    IReadOnlyDictionary<int, ChangedRow> changed
) : IRowSides
{
    private readonly RowLoader loader = new(source);
    private readonly JsonRowParser parser = new();
    private readonly RowText text = new();

    public void Read(int row, RowSides into)
    {
        if (!changed.TryGetValue(row, out var change))
        {
            loader.Load(candidates[kept[row]], into);
            return;
        }

        if (parser.Parse(change.Line.AsSpan().TrimEnd((byte)'\n'), text) is { } problem)
        {
            throw new IOException($"A changed row cannot be read: {problem}.");
        }

        into.Fill(text);
    }
}
