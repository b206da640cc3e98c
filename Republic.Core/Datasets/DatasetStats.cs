using Republic.Core.Datasets.Refining;

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
    public static DatasetStats Of(RowCounts counts) =>
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
