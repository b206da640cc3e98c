using Republic.Core.Minions;
using Republic.Core.Training.Configuration;

namespace Republic.Core.Training.Traits;

/// <summary>The traits of a run, as <c>config.loraConfig</c> of the API holds them.</summary>
/// <param name="Intensities">By trait, 1 to 10 each.</param>
/// <param name="StyleSensitivity">How much of the person's own register is mirrored: 0 to 1.</param>
/// <param name="EnhancementIntensity">By what all intensities are multiplied: 0 to 2.</param>
public sealed record TraitSelection(
    IReadOnlyDictionary<string, int> Intensities,
    double StyleSensitivity = TraitSelection.UsualSensitivity,
    double EnhancementIntensity = 1
)
{
    public const double UsualSensitivity = 0.7;
    public const int MostIntensity = 10;
    private const double MostEnhancement = 2;
    private const double LargestBonus = 0.10;

    public static TraitSelection None { get; } = new(new Dictionary<string, int>());

    public int PointsSpent => Intensities.Values.Sum();

    /// <summary>In the catalogue's order, so that the same traits always give the same prompt.</summary>
    public IEnumerable<(Trait Trait, int Intensity)> Chosen(TraitCatalog catalog) =>
        catalog.Traits.Where(trait => Intensities.ContainsKey(trait.Name)).Select(trait => (trait, Intensities[trait.Name]));

    public double Compatibility(TraitCatalog catalog) => catalog.Compatibility([.. Intensities.Keys]);

    /// <summary>0.10 · compatibility · mean intensity / 10.</summary>
    public double EffectivenessBonus(TraitCatalog catalog) =>
        Intensities.Count == 0 ? 0 : LargestBonus * Compatibility(catalog) * Intensities.Values.Average() / MostIntensity;

    /// <summary>What stands against it, by field; empty if nothing does.</summary>
    public IReadOnlyList<FieldError> Problems(TraitCatalog catalog, Level level)
    {
        List<FieldError> problems = [];
        foreach (var (name, intensity) in Intensities)
        {
            if (catalog.Find(name) is null)
            {
                problems.Add(new("selectedTraits", catalog.NoSuch(name)));
            }

            if (intensity is < 1 or > MostIntensity)
            {
                problems.Add(new("traitIntensities", $"The intensity of “{name}” is {intensity}; 1 to {MostIntensity} is possible."));
            }
        }

        var slots = TraitSlots.Of(level);
        if (Intensities.Count > slots.Slots)
        {
            problems.Add(
                new(
                    "selectedTraits",
                    $"{Intensities.Count} traits are chosen, and level {level.Number} has {(slots.Slots == 1 ? "one slot" : $"{slots.Slots} slots")}. Take some away."
                )
            );
        }

        if (PointsSpent > slots.Points)
        {
            problems.Add(
                new(
                    "traitIntensities",
                    $"{PointsSpent} points are spent, and level {level.Number} has {slots.Points}. Lower some intensities."
                )
            );
        }

        if (StyleSensitivity is not (>= 0 and <= 1))
        {
            problems.Add(new("styleSensitivity", "The style sensitivity is a number from 0 to 1."));
        }

        if (EnhancementIntensity is not (>= 0 and <= MostEnhancement))
        {
            problems.Add(new("enhancementIntensity", $"The enhancement intensity is a number from 0 to {MostEnhancement}."));
        }

        return problems;
    }
}
