using Republic.Core.Answering.Turns;
using Republic.Core.Episodes.Machine;
using Republic.Core.Providers.Prices;

namespace Republic.Core.Episodes.Playing;

/// <summary>How long the answer of a step may be, so that the episode passes no limit by it.</summary>
/// <param name="Reached">The limit because of which nobody is asked; null where somebody is.</param>
internal sealed record StepBudget(long Tokens, LimitKind? Reached)
{
    /// <summary>Of a minion that has no limit of its own, in tokens.</summary>
    public const int LongestAnswer = 2000;

    /// <summary>A step that would be shorter is not begun.</summary>
    private const int Shortest = 16;

    /// <param name="price">Null where nobody knows it: then money limits nothing.</param>
    public static StepBudget Of(EpisodeState state, long promptCharacters, TokenPrice? price)
    {
        var prompt = promptCharacters / TurnLimit.CharactersPerToken;
        var byTokens = state.Limits.Tokens is { } most ? most - state.Tokens - prompt : LongestAnswer;
        if (byTokens < Shortest)
        {
            return new(0, LimitKind.Tokens);
        }

        if (price is null or { IsFree: true } || state.Limits.Cost is not { } money)
        {
            return new(byTokens, null);
        }

        var affordable = AffordableTokens.Of(price, prompt, money - state.Cost, byTokens);
        return affordable < Shortest ? new(0, LimitKind.Cost) : new(affordable, null);
    }
}
