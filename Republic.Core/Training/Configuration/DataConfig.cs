using Republic.Core.Datasets.Refining;

namespace Republic.Core.Training.Configuration;

/// <summary>How the datasets of a run become its rows.</summary>
public sealed record DataConfig
{
    private static readonly RefinerySettings Usual = new();

    public int MinTextLength { get; init; } = Usual.MinTextLength;

    public int MaxTextLength { get; init; } = Usual.MaxTextLength;

    public double NearDuplicateThreshold { get; init; } = Usual.NearDuplicateThreshold;

    public double MinQuality { get; init; }

    /// <summary>
    /// The share of the groups of rows that is measured with. Null takes that of the datasets where all have the same, else a tenth, and up to
    /// a quarter where that is too few to tell.
    /// </summary>
    public double? ValidationShare { get; init; }

    public long Seed { get; init; } = 1;

    internal Failure? Validate() => ToSettings().Validate();

    /// <summary>Whether rows that were refined in this way need no refining again: what was chosen for the run is what was done, or nothing was.</summary>
    internal bool IsMetBy(RefinerySettings done)
    {
        var asked = ToSettings() with { ValidationShare = ValidationShare ?? done.ValidationShare };
        return asked == done || asked == Usual with { ValidationShare = done.ValidationShare };
    }

    internal RefinerySettings ToSettings() =>
        new()
        {
            MinTextLength = MinTextLength,
            MaxTextLength = MaxTextLength,
            NearDuplicateThreshold = NearDuplicateThreshold,
            MinQuality = MinQuality,
            ValidationShare = ValidationShare,
            Seed = Seed,
        };
}
