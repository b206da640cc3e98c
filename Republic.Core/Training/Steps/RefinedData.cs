using System.Text.Json.Serialization;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Splitting;

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

    /// <summary>They are those of one dataset's version, as it is; else the datasets were joined and refined.</summary>
    public bool IsVersion { get; init; }

    /// <summary>Groups of rows with nearly equal questions or answers; no group is both learned and measured with.</summary>
    public int Groups { get; init; }

    /// <summary>Those of <see cref="Groups"/> that are measured with.</summary>
    public int HeldOutGroups { get; init; }

    /// <summary>Answers that differ by more than little among all rows.</summary>
    public int DifferentAnswers { get; init; }

    /// <summary>So many groups are held out as where nobody says a share.</summary>
    [JsonIgnore]
    public bool HasUsualShare => Groups > 0 && Math.Abs((HeldOutShare.For(Groups) * Groups) - HeldOutGroups) < 1;

    /// <summary>What to add, in words, where too few groups are held out to tell anything; null where there are enough.</summary>
    [JsonIgnore]
    public string? Advice => Groups > 0 ? HeldOutShare.Advice(Rows, DifferentAnswers, Groups, HeldOutGroups) : null;

    /// <param name="Line">Rows of this source begin after that many lines of the whole.</param>
    public sealed record Source(Guid Id, string Name, int Version, string? Sha256, int Rows, int Line);
}
