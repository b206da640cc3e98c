namespace Republic.Core.PersonalModels.Fitting;

/// <summary>
/// The result of reading a header at its source: the header, the reason why it cannot be known before the download, or a failure.
/// </summary>
public sealed record HeaderAnswer
{
    private HeaderAnswer() { }

    public RemoteHeader? Header { get; private init; }

    /// <summary>The reason why the header is not known before the download, which may start all the same; null otherwise.</summary>
    public string? NotKnown { get; private init; }

    /// <summary>The reason why the file cannot be downloaded or used; null otherwise.</summary>
    public Failure? Failure { get; private init; }

    /// <summary>The refused host and port that a superuser may allow; null where that is not the reason.</summary>
    public string? AllowableHost { get; private init; }

    internal static HeaderAnswer Of(RemoteHeader header) => new() { Header = header };

    internal static HeaderAnswer Unknown(Uri url, string why) =>
        new() { NotKnown = $"Whether it fits is not known before the download: {url.Host} {why}." };

    internal static HeaderAnswer Of(Failure failure, string? allowableHost = null) =>
        new() { Failure = failure, AllowableHost = allowableHost };
}
