using System.Text.Json;
using Republic.Core.Minions;
using Republic.Core.Training.Traits;

namespace Republic.Core.Training.Steps;

/// <summary>Step 3: traits become part of the system prompt, as far as the minion's level allows.</summary>
internal sealed class ConfigureTraits : ITrainingStep
{
    public StepName Name => StepName.ConfigureTraits;

    public Task<Outcome<object>> RunAsync(StepRun run, CancellationToken ct) => Task.FromResult(Configure(run));

    private static Outcome<object> Configure(StepRun run)
    {
        var traits = run.Config.Traits.ToSelection();
        var catalog = TraitCatalog.Embedded;
        if (traits.Problems(catalog, Level.Of(run.Before.Experience)) is { Count: > 0 } problems)
        {
            return Failure.Invalid(problems);
        }

        var compatibility = traits.Compatibility(catalog);
        var bonus = traits.EffectivenessBonus(catalog);
        if (traits.Intensities.Count == 0)
        {
            return new ConfiguredTraits(null, compatibility, bonus, 0, 0, null);
        }

        var configuration = new
        {
            selected_traits = traits.Intensities.Keys,
            trait_intensities = traits.Intensities,
            style_sensitivity = traits.StyleSensitivity,
            enhancement_intensity = traits.EnhancementIntensity,
            compatibility_score = compatibility,
            effectiveness_bonus = bonus,
        };
        return new ConfiguredTraits(
            TraitPrompt.Enhance(run.Before.Instructions, traits, catalog),
            compatibility,
            bonus,
            traits.Intensities.Count,
            traits.PointsSpent,
            JsonSerializer.SerializeToElement(configuration)
        );
    }
}
