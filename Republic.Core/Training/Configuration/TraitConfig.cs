using System.Text.Json.Serialization;
using Republic.Core.Minions;
using Republic.Core.Training.Traits;

namespace Republic.Core.Training.Configuration;

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

    /// <summary>1 to 10 each; a trait without one has 5. Those of traits that are not selected do not count, and are traits all the same.</summary>
    [JsonPropertyName("traitIntensities")]
    public IReadOnlyDictionary<string, int> Intensities { get; init; } = new Dictionary<string, int>();

    public TraitSelection ToSelection() =>
        new(
            Selected.Distinct().ToDictionary(trait => trait, trait => Intensities.GetValueOrDefault(trait, UsualIntensity)),
            StyleSensitivity,
            EnhancementIntensity
        );

    /// <summary>What stands against it, by field; empty if nothing does.</summary>
    internal IReadOnlyList<FieldError> Problems(TraitCatalog catalog, Level level)
    {
        // Names first: what is no trait can neither be counted nor kept.
        List<FieldError> problems =
        [
            .. Unknown("selectedTraits", Selected, catalog),
            .. Unknown("traitIntensities", [.. Intensities.Keys], catalog),
        ];
        return problems.Count > 0 ? problems : ToSelection().Problems(catalog, level);
    }

    /// <summary>The first alone: a request can hold thousands.</summary>
    private static IEnumerable<FieldError> Unknown(string field, IReadOnlyList<string?> names, TraitCatalog catalog)
    {
        if (names.Count > catalog.Traits.Count)
        {
            yield return new(field, $"{field} has {names.Count} entries, and there are {catalog.Traits.Count} traits. Name each once.");
        }
        else if (names.Where(name => name is null || catalog.Find(name) is null).Take(1).ToList() is [var unknown])
        {
            yield return new(field, catalog.NoSuch(unknown));
        }
    }
}
