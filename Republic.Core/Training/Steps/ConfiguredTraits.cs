using System.Text.Json;

namespace Republic.Core.Training.Steps;

/// <summary>What the traits of a run come to.</summary>
/// <param name="EnhancedSystemPrompt">Null where no trait was chosen: the minion keeps what it has.</param>
internal sealed record ConfiguredTraits(
    string? EnhancedSystemPrompt,
    double CompatibilityScore,
    double EffectivenessBonus,
    int SlotsUsed,
    int PointsSpent,
    JsonElement? TraitConfiguration
)
{
    /// <summary>Where the configuration names each trait's intensity.</summary>
    public const string Intensities = "trait_intensities";
}
