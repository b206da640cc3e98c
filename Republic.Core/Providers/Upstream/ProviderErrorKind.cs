namespace Republic.Core.Providers.Upstream;

public enum ProviderErrorKind
{
    /// <summary>The key is missing, wrong, or may not do this.</summary>
    BadKey,

    /// <summary>No such model or address at the provider.</summary>
    NotFound,

    /// <summary>The provider refuses what was asked: a parameter, the length, its content.</summary>
    BadRequest,

    /// <summary>The messages do not fit the model's context; fewer of them may.</summary>
    ContextTooLong,

    RateLimited,

    /// <summary>The provider's own fault (5xx).</summary>
    Unavailable,

    Timeout,

    /// <summary>The model host has no memory for the model, and will have none; the request itself is good.</summary>
    OutOfMemory,

    /// <summary>No connection came about, or it broke before an answer.</summary>
    Unreachable,

    /// <summary>A budget of the person or the installation has no room for the call: nobody was asked.</summary>
    OverBudget,

    /// <summary>The outbound guard forbids the address.</summary>
    Refused,

    /// <summary>An answer that is not what the protocol says: HTML, garbage, nothing, far too much.</summary>
    BadAnswer,

    /// <summary>The answer broke off in the middle.</summary>
    Interrupted,
}
