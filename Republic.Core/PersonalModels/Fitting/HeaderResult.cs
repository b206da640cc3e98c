namespace Republic.Core.PersonalModels.Fitting;

/// <summary>
/// The result of reading a header at its source: the header, the reason why it cannot be known before the download, or a failure.
/// </summary>
public sealed record HeaderResult
{
    private HeaderResult() { }

    public RemoteHeader? Header { get; private init; }

    /// <summary>The reason why the header is not known before the download, which may start all the same; null otherwise.</summary>
    public string? NotKnown { get; private init; }

    /// <summary>The reason why the file cannot be downloaded or used; null otherwise.</summary>
    public Failure? Failure { get; private init; }

    /// <summary>The refused host and port that a superuser may allow; null where that is not the reason.</summary>
    public string? AllowableHost { get; private init; }

    internal static HeaderResult Of(RemoteHeader header) => new() { Header = header };

    internal static HeaderResult Unknown(Uri url, string why) =>
        new() { NotKnown = $"Whether it fits is not known before the download: {url.Host} {why}." };

    internal static HeaderResult Of(Failure failure, string? allowableHost = null) =>
        new() { Failure = failure, AllowableHost = allowableHost };

    /// <summary>
    /// The result to keep in the cache. A refusal says that it may be a minute old, for those who have replaced the file since.
    /// </summary>
    internal HeaderResult ForCache() =>
        Failure is { Kind: FailureKind.Invalid }
            ? this with
            {
                Failure = Failure.Invalid(
                    "url",
                    $"{Failure.Message} It was read less than a minute ago: if it was replaced since, try again in a minute."
                ),
            }
            : this;
}
