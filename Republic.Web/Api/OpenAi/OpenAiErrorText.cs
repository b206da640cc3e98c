using Republic.Core.Minions.Access;
using Republic.Core.Providers.Upstream;

namespace Republic.Web.Api.OpenAi;

/// <summary>
/// Errors as their caller may hear them. A minion's key can be in anybody's hands: what its owner spends, and where their servers stand, is
/// told to the owner alone.
/// </summary>
internal static class OpenAiErrorText
{
    /// <summary>The error itself for the minion's person, and for whoever holds its key one that keeps to what they can do about it.</summary>
    public static ProviderException For(ApiCaller caller, ProviderException error)
    {
        var words = error.Kind switch
        {
            ProviderErrorKind.OverBudget =>
                "The owner of this minion has set a limit that has no room for this call. Ask them to raise it.",
            ProviderErrorKind.Refused =>
                "The model of this minion may not be called where it is said to run. Ask its owner to change that.",
            ProviderErrorKind.Unreachable => "The server of this minion's model could not be reached. Try again, or tell its owner.",
            // Why no fallback was asked can be a budget too.
            _ => error.WithoutOthers ?? error.Message,
        };
        return caller.IsPerson || words == error.Message
            ? error
            : new ProviderException(error.Kind, error.Provider, words, error)
            {
                StatusCode = error.StatusCode,
                Param = error.Param,
                RetryAfter = error.RetryAfter,
            };
    }
}
