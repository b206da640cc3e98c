using Republic.Core.Datasets.Reading.Tables;
using Republic.Core.Datasets.Refining;

namespace Republic.Core.Datasets;

/// <summary>Thresholds and mapping as a person gives them; what is left out stays as it was.</summary>
public sealed record SettingsInput
{
    public int? MinTextLength { get; init; }

    public int? MaxTextLength { get; init; }

    public double? NearDuplicateThreshold { get; init; }

    public double? MinQuality { get; init; }

    public double? ValidationShare { get; init; }

    public long? Seed { get; init; }

    public RowMapping? Mapping { get; init; }

    public RefinerySettings Over(RefinerySettings current) =>
        new()
        {
            MinTextLength = MinTextLength ?? current.MinTextLength,
            MaxTextLength = MaxTextLength ?? current.MaxTextLength,
            NearDuplicateThreshold = NearDuplicateThreshold ?? current.NearDuplicateThreshold,
            MinQuality = MinQuality ?? current.MinQuality,
            ValidationShare = ValidationShare ?? current.ValidationShare,
            Seed = Seed ?? current.Seed,
        };
}
