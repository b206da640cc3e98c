using Republic.Core.Datasets.Refining;
using Republic.Core.Training.Gate;

namespace Republic.Core.Training;

/// <summary>How the datasets of a run become its rows.</summary>
public sealed record DataConfig
{
    private const double UsualShare = 0.1;
    private const double LargestChosenShare = 0.25;
    private static readonly RefinerySettings Usual = new();

    public int MinTextLength { get; init; } = Usual.MinTextLength;

    public int MaxTextLength { get; init; } = Usual.MaxTextLength;

    public double NearDuplicateThreshold { get; init; } = Usual.NearDuplicateThreshold;

    public double MinQuality { get; init; }

    /// <summary>The share of the rows that is measured with; null takes a tenth, and up to a quarter where that is too few to tell.</summary>
    public double? ValidationShare { get; init; }

    public long Seed { get; init; } = 1;

    internal Failure? Validate() => (ToSettings(0) with { ValidationShare = ValidationShare ?? UsualShare }).Validate();

    /// <param name="rows">About how many there will be.</param>
    internal RefinerySettings ToSettings(int rows) =>
        new()
        {
            MinTextLength = MinTextLength,
            MaxTextLength = MaxTextLength,
            NearDuplicateThreshold = NearDuplicateThreshold,
            MinQuality = MinQuality,
            ValidationShare =
                ValidationShare ?? Math.Clamp((double)GateComparison.FewestGroups / Math.Max(rows, 1), UsualShare, LargestChosenShare),
            Seed = Seed,
        };
}
