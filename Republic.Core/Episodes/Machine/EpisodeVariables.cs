using System.Text.Json;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Machine;

/// <summary>What conditions can read during an episode.</summary>
internal static class EpisodeVariables
{
    /// <param name="random">From 0 to below 1.</param>
    public static Dictionary<string, object?> Of(EpisodeState state, StateDefinition current, IReadOnlyList<object?> roles, double random)
    {
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["outcome"] = state.Outcome,
            ["step"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["action"] = state.Last?.Action ?? "",
                ["text"] = state.Last?.Text ?? "",
                ["role"] = state.Last?.Role ?? "",
                ["status"] = state.Last?.Status ?? "",
            },
            ["facts"] = Values(state.Facts),
            ["visits"] = state.Position.Visits.ToDictionary(
                visit => visit.Key,
                visit => (object?)(long)visit.Value,
                StringComparer.Ordinal
            ),
            ["turn"] = (long)state.Turn,
            ["round"] = (long)TurnOrder.RoundAt(current, Math.Max(state.Spoken - 1, 0)),
            ["minutes"] = state.Minutes,
            ["cost"] = (double)state.Cost,
            ["roles"] = roles,
            ["random"] = random,
        };
        if (state.Score is { } score)
        {
            variables["score"] = score;
        }

        return variables;
    }

    private static Dictionary<string, object?> Values(IReadOnlyDictionary<string, JsonElement> facts)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in facts)
        {
            values[name] = FactValues.Of(value);
        }

        return values;
    }
}
