namespace Republic.Core.Answering.Turns;

/// <summary>The greatest length of an answer, with what a model thinks before it, estimated from characters: no tokenizer fits every model.</summary>
/// <param name="Tokens">The minion is not asked where this is 0 or less.</param>
/// <param name="Passed">The message for people where the limit is reached: why, and what to do.</param>
public sealed record TurnLimit(long Tokens, string Passed)
{
    public const int CharactersPerToken = 4;

    /// <summary>An answer that ended at its number of tokens is cut by this limit, and not by one that its minion has anyway.</summary>
    public bool CutsAtLength { get; init; }

    public bool IsPassedBy(long characters) => characters / CharactersPerToken > Tokens;
}
