using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Refining.Duplicates;

namespace Republic.Core.Datasets;

/// <summary>What became of the rows of a source: <see cref="Rows"/> is the samples and all the other counts.</summary>
public sealed record DatasetStats(
    int Rows,
    int Malformed,
    int ExactDuplicates,
    int NearDuplicates,
    int TooShort,
    int TooLong,
    int LowQuality,
    int Dropped
)
{
    /// <summary>Samples that a run over this version learns from.</summary>
    public int Training { get; init; }

    /// <summary>Samples that it measures with.</summary>
    public int HeldOut { get; init; }

    /// <summary>Samples whose questions or answers are nearly equal are one group. Null in a version that was made before they were counted.</summary>
    public int? Groups { get; init; }

    public int? HeldOutGroups { get; init; }

    /// <summary>How many answers the samples hold that are not nearly equal.</summary>
    public int? DifferentAnswers { get; init; }

    public static DatasetStats Of(RefineryResult result) =>
        Of(result.Counts) with
        {
            Training = result.Statistics.Training,
            HeldOut = result.Statistics.Validation,
            Groups = result.Statistics.Groups,
            HeldOutGroups = result.Statistics.HeldOutGroups,
            DifferentAnswers = result.Statistics.DifferentAnswers,
        };

    private static DatasetStats Of(RowCounts counts) =>
        new(
            counts.Rows,
            counts.Malformed,
            counts.ExactDuplicates,
            counts.NearDuplicates,
            counts.TooShort,
            counts.TooLong,
            counts.LowQuality,
            counts.Dropped
        );
}
