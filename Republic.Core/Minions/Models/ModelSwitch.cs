namespace Republic.Core.Minions.Models;

/// <summary>Another model in the place of one that a minion is on, or falls back to.</summary>
/// <param name="From">The model that stood there when the two were compared.</param>
/// <param name="Fallback">The place among the fallbacks, from 0; null: the minion's own model.</param>
public sealed record ModelSwitch(string Provider, string From, string To, int? Fallback)
{
    /// <summary>The minion with it; a conflict where something else stands there by now.</summary>
    public Outcome<MinionInput> In(MinionInput minion)
    {
        if (Fallback is not { } place)
        {
            return (minion.Provider, minion.ModelId) == (Provider, From) ? minion with { ModelId = To } : Changed(minion.ModelId);
        }

        var fallbacks = minion.Fallbacks ?? [];
        var there = place >= 0 && place < fallbacks.Count ? fallbacks[place] : null;
        return there is not null && (there.Provider, there.ModelId) == (Provider, From)
            ? minion with
            {
                Fallbacks = [.. fallbacks.Select((fallback, i) => i == place ? fallback with { ModelId = To } : fallback)],
            }
            : Changed(there?.ModelId);
    }

    private Failure Changed(string? now) =>
        Failure.Conflict(
            $"Nothing was switched: {From} is no longer the model there{(now is null || now == From ? "" : $", {now} is")}. It was changed meanwhile. Compare again."
        );
}
