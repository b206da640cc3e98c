using Republic.Core.Datasets.Refining;

namespace Republic.Core.Training.Steps;

/// <summary>The rows of a run: from which versions of which datasets, and what became of them together.</summary>
/// <param name="Folder">Below the run's, with the rows; null without datasets.</param>
internal sealed record RefinedData(
    IReadOnlyList<RefinedData.Source> Datasets,
    string? Folder,
    RowCounts Counts,
    int Training,
    int Validation
)
{
    public int Rows => Training + Validation;

    /// <param name="Line">Rows of this source begin after that many lines of the whole.</param>
    public sealed record Source(Guid Id, string Name, int Version, string? Sha256, int Rows, int Line);
}
