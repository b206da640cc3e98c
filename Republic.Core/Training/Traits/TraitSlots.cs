using Republic.Core.Minions;

namespace Republic.Core.Training.Traits;

/// <summary>How much character a minion's level allows.</summary>
/// <param name="Slots">The most traits at once.</param>
/// <param name="Points">The most intensity, all traits together.</param>
public sealed record TraitSlots(int Slots, int Points)
{
    private const int MostSlots = 6;

    /// <summary>The level from which on the table of compatibility is shown.</summary>
    public const int CompatibilityLevel = 5;

    public static TraitSlots Of(Level level) => new(Math.Min(1 + (level.Number / 2), MostSlots), 5 + (2 * level.Number));
}
