using System.Globalization;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Machine;

/// <summary>The limits of an episode, and which of them is reached.</summary>
public static class EpisodeLimits
{
    /// <summary>Of an episode whose scenario leaves them to the server.</summary>
    public static readonly ScenarioLimits Default = new(Turns: 100, Minutes: 60, Cost: 1m, Tokens: 500_000);

    /// <summary>What one leaves open is taken from the other.</summary>
    public static ScenarioLimits Over(ScenarioLimits limits, ScenarioLimits? first) =>
        new(first?.Turns ?? limits.Turns, first?.Minutes ?? limits.Minutes, first?.Cost ?? limits.Cost, first?.Tokens ?? limits.Tokens);

    /// <returns>Null where nobody is kept from acting.</returns>
    internal static LimitKind? Reached(EpisodeState state) =>
        state.Turn >= state.Limits.Turns ? LimitKind.Turns
        : state.Minutes >= state.Limits.Minutes ? LimitKind.Minutes
        // What is free is free where nothing may be spent, too.
        : state.Cost > 0 && state.Cost >= state.Limits.Cost ? LimitKind.Cost
        : state.Tokens > 0 && state.Tokens >= state.Limits.Tokens ? LimitKind.Tokens
        : null;

    internal static string Sentence(LimitKind kind, ScenarioLimits limits) =>
        kind switch
        {
            LimitKind.Turns => $"The limit of {Counted.Of(limits.Turns ?? 0, "turn")} is reached.",
            LimitKind.Minutes => $"The limit of {Counted.Of(limits.Minutes ?? 0, "minute")} is reached.",
            LimitKind.Cost => string.Create(
                CultureInfo.InvariantCulture,
                $"The limit of ${limits.Cost ?? 0:0.00##} is reached, or the next step could pass it."
            ),
            _ => $"The limit of {Counted.Of(limits.Tokens ?? 0, "token")} is reached, or the next step could pass it.",
        };
}
