using Republic.Core.Providers.Prices;

namespace Republic.Core.Tasks.Work;

/// <summary>The greatest length of an answer to a task, estimated from characters: no tokenizer fits every model.</summary>
/// <param name="Tokens">The tokens of the answer; the minion is not asked where it is 0 or less.</param>
/// <param name="Passed">The message for people where the limit is reached: why, and what to do.</param>
internal sealed record AnswerLimit(long Tokens, string Passed)
{
    private const int CharactersPerToken = 4;
    private const int Million = 1_000_000;

    public bool IsPassedBy(long characters) => characters / CharactersPerToken > Tokens;

    /// <param name="promptCharacters">Of all that is sent.</param>
    /// <param name="most">Tokens of prompt and answer together.</param>
    /// <param name="left">Dollars.</param>
    /// <param name="price">Null where nobody knows it: then money limits nothing.</param>
    public static AnswerLimit Of(long promptCharacters, int most, decimal left, TokenPrice? price)
    {
        var prompt = promptCharacters / CharactersPerToken;
        var byTokens = new AnswerLimit(
            most - prompt,
            $"An attempt takes at most {Counted.Of(most)} tokens, and about {Counted.Of(prompt)} are the task, its comments and its files. "
                + "Divide the task, or take files out, and start it again."
        );
        if (price is null or { IsFree: true })
        {
            return byTokens;
        }

        var asked = price.MostFor(prompt, 0);
        var million = price.MostFor(prompt, Million) - asked;
        var affordable =
            million > 0 ? (long)Math.Min((left - asked) / million * Million, most)
            : asked > left ? 0
            : most;
        return affordable >= byTokens.Tokens
            ? byTokens
            : new AnswerLimit(
                affordable,
                $"{TaskStartRules.Dollars(Math.Max(left, 0))} of the task's budget were left, and this would have cost more. Raise the budget, and start it again."
            );
    }
}
