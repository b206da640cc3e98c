using System.Text.Json.Serialization;
using Republic.Core.Training.Traits;

namespace Republic.Core.Training;

/// <summary>The traits of a run as the API spells them.</summary>
public sealed record TraitConfig
{
    public const int UsualIntensity = 5;

    [JsonPropertyName("styleSensitivity")]
    public double StyleSensitivity { get; init; } = TraitSelection.UsualSensitivity;

    [JsonPropertyName("enhancementIntensity")]
    public double EnhancementIntensity { get; init; } = 1;

    [JsonPropertyName("selectedTraits")]
    public IReadOnlyList<string> Selected { get; init; } = [];

    /// <summary>1 to 10 each; a trait without one has 5. Those of traits that are not selected do not count.</summary>
    [JsonPropertyName("traitIntensities")]
    public IReadOnlyDictionary<string, int> Intensities { get; init; } = new Dictionary<string, int>();

    public TraitSelection ToSelection() =>
        new(
            Selected.Distinct().ToDictionary(trait => trait, trait => Intensities.GetValueOrDefault(trait, UsualIntensity)),
            StyleSensitivity,
            EnhancementIntensity
        );
}
