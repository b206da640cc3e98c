using System.Text.Json;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Casting;

/// <summary>A new episode, as a form or a client sends it.</summary>
/// <param name="Version">The number of the version that is played; null for the newest.</param>
/// <param name="Cast">Citizens by role: the person, their minions, and people whom they see.</param>
public sealed record EpisodeInput(
    Guid? ScenarioId,
    int? Version,
    IReadOnlyDictionary<string, Guid>? Cast,
    EpisodeInput.Configuration? Config
)
{
    /// <param name="Limits">In place of those of the scenario.</param>
    /// <param name="Seed">Of random numbers that conditions read; null draws one.</param>
    /// <param name="Facts">Values in place of those of the scenario's facts.</param>
    /// <param name="Descriptions">How roles are played here, in a few words, by role.</param>
    public sealed record Configuration(
        ScenarioLimits? Limits,
        long? Seed,
        IReadOnlyDictionary<string, JsonElement>? Facts,
        IReadOnlyDictionary<string, string?>? Descriptions
    );

    /// <summary>The refusal of limits that are out of range, field by field; null where none is.</summary>
    internal static Failure? Problem(ScenarioLimits? limits)
    {
        var rules = new FieldRules([]);
        Between(rules, "turns", limits?.Turns, 1, ScenarioRules.MostTurns);
        Between(rules, "minutes", limits?.Minutes, 1, ScenarioRules.MostMinutes);
        Between(rules, "cost", limits?.Cost, 0, ScenarioRules.LargestCost);
        Between(rules, "tokens", limits?.Tokens, 1, ScenarioRules.MostTokens);
        return rules.Errors.Count > 0 ? Failure.Invalid(rules.Errors) : null;
    }

    private static void Between(FieldRules rules, string name, decimal? value, decimal least, decimal most)
    {
        if (value is { } given && (given < least || given > most))
        {
            rules.Add($"limits.{name}", $"The limit of {name} is from {least:N0} to {most:N0}.");
        }
    }
}
