using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Splitting;

namespace Republic.Core.Datasets.Refining;

/// <summary>The samples of a run, read again from its source.</summary>
/// <param name="kept">Which of the candidates they are.</param>
internal sealed class CandidateSides(SourceFile source, ChunkedList<CandidateRow> candidates, int[] kept) : IRowSides
{
    private readonly RowLoader loader = new(source);

    public void Read(int row, RowSides into) => loader.Load(candidates[kept[row]], into);
}
