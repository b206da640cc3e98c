using System.Text.Json.Serialization;
using Republic.Core.Datasets.Refining.Duplicates;

namespace Republic.Core.Datasets.Refining;

/// <summary>What became of every row of a source. <see cref="Rows"/> is the sum of all the others.</summary>
public sealed record RowCounts
{
    /// <summary>Every row read; lines of nothing but white space are none.</summary>
    public int Rows { get; init; }

    public int Samples { get; init; }

    public int Malformed { get; init; }

    /// <summary>The same roles and texts, character by character, as an earlier row.</summary>
    public int ExactDuplicates { get; init; }

    /// <summary>As similar as the threshold says to an earlier row that was kept.</summary>
    public int NearDuplicates { get; init; }

    public int TooShort { get; init; }

    public int TooLong { get; init; }

    public int LowQuality { get; init; }

    /// <summary>By a person, row by row.</summary>
    public int Dropped { get; init; }

    [JsonIgnore]
    public bool AddUp => Rows == Samples + Malformed + ExactDuplicates + NearDuplicates + TooShort + TooLong + LowQuality + Dropped;
}
