namespace Republic.Core.Providers.Upstream;

/// <summary>Trouble upstream. The message is for people: the fact, the provider's own words, the way on. It never holds the key.</summary>
public sealed class ProviderException(ProviderErrorKind kind, string provider, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public ProviderErrorKind Kind { get; } = kind;

    /// <summary>The provider's display name.</summary>
    public string Provider { get; } = provider;

    /// <summary>The message up to what is said of other models that were to answer in its place; null where nothing is.</summary>
    public string? WithoutOthers { get; init; }

    /// <summary>The HTTP status it answered, if it answered.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The field of the request that it finds wrong, where it names one.</summary>
    public string? Param { get; init; }

    /// <summary>How long the provider asks us to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The host and port that a superuser may allow, where that is what stands in the way.</summary>
    public string? AllowableHost { get; init; }

    /// <summary>The longest context, in tokens, with which a model that does not fit into memory could be loaded.</summary>
    public int? LargestContext { get; init; }

    /// <summary>Nothing was sent: there was no connection, or no key to send it with.</summary>
    public bool NeverSent { get; init; }

    /// <summary>It may have answered yet, but whoever asked did not wait any longer.</summary>
    public bool WasGivenUp { get; init; }

    /// <summary>
    /// No other endpoint is asked: what is wrong is the request, which nobody would take, or this machine's memory, of which its owner has to hear.
    /// </summary>
    public bool IsFinal => Kind is ProviderErrorKind.BadRequest or ProviderErrorKind.ContextTooLong or ProviderErrorKind.OutOfMemory;

    /// <summary>Trying again, or elsewhere, may help: the request itself was not at fault.</summary>
    public bool IsTransient =>
        Kind
            is ProviderErrorKind.RateLimited
                or ProviderErrorKind.Unavailable
                or ProviderErrorKind.Timeout
                or ProviderErrorKind.Unreachable
                or ProviderErrorKind.BadAnswer
                or ProviderErrorKind.Interrupted;
}
