using Republic.Core.Providers.Prices;

namespace Republic.Core.Answering.Turns;

/// <summary>The number of tokens that an answer may have, so that it costs no more than what is left.</summary>
internal static class AffordableTokens
{
    private const int Million = 1_000_000;

    /// <param name="prompt">Tokens that are sent.</param>
    /// <param name="left">Dollars.</param>
    /// <param name="most">The greatest number that is returned.</param>
    /// <returns>Tokens of the answer; 0 or less where not even the question can be paid.</returns>
    public static long Of(TokenPrice price, long prompt, decimal left, long most)
    {
        var asked = price.MostFor(prompt, 0);
        var million = price.MostFor(prompt, Million) - asked;
        return million > 0 ? (long)Math.Min((left - asked) / million * Million, most)
            : asked > left ? 0
            : most;
    }
}
