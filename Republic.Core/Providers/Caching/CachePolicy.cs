namespace Republic.Core.Providers.Caching;

/// <summary>That the answers of a route are remembered, and for how long.</summary>
/// <param name="Since">When its minion was last saved: what was answered before is not found any more.</param>
public sealed record CachePolicy(DateTimeOffset Since, TimeSpan KeepFor)
{
    /// <summary>False: a model is asked, whatever is remembered.</summary>
    public bool MayRecall { get; init; } = true;

    /// <summary>False: what is answered is not remembered.</summary>
    public bool MayKeep { get; init; } = true;
}
