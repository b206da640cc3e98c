using Republic.Core.Answering.Turns;
using Republic.Core.Providers.Prices;

namespace Republic.Core.Tasks.Work;

/// <summary>The limit of an answer to a task: by the tokens that an attempt may take, and by what is left of the task's budget.</summary>
internal static class AnswerLimit
{
    /// <param name="promptCharacters">Of all that is sent.</param>
    /// <param name="most">Tokens of prompt and answer together.</param>
    /// <param name="left">Dollars.</param>
    /// <param name="price">Null where nobody knows it: then money limits nothing.</param>
    public static TurnLimit Of(long promptCharacters, int most, decimal left, TokenPrice? price)
    {
        var prompt = promptCharacters / TurnLimit.CharactersPerToken;
        var byTokens = new TurnLimit(
            most - prompt,
            $"An attempt takes at most {Counted.Of(most)} tokens, and about {Counted.Of(prompt)} are the task, its comments and its files. "
                + "Divide the task, or take files out, and start it again."
        );
        if (price is null or { IsFree: true })
        {
            return byTokens;
        }

        var affordable = AffordableTokens.Of(price, prompt, left, most);

        return affordable >= byTokens.Tokens
            ? byTokens
            : new TurnLimit(
                affordable,
                $"{TaskStartRules.Dollars(Math.Max(left, 0))} of the task's budget were left, and this would have cost more. Raise the budget, and start it again."
            );
    }
}
