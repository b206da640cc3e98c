using Republic.Core.Datasets.Rows;

namespace Republic.Core.Datasets.Versions.Changes;

/// <param name="Hash">Of the row as it was, as <see cref="SampleRow.Hash"/> has it.</param>
/// <param name="Messages">What it becomes; null drops it.</param>
public sealed record RowChange(string Hash, IReadOnlyList<RowMessage>? Messages)
{
    /// <summary>
    /// The version it was saved in. Changes of one version are made at the same time, and those of a later one to what the earlier
    /// made of a row, which is another row by its hash.
    /// </summary>
    public int SavedIn { get; init; }
}
