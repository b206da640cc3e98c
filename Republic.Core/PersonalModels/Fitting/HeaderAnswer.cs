namespace Republic.Core.PersonalModels.Fitting;

/// <summary>What came of asking a source for the header of a file: the header, a word that it cannot be known before the download, or a failure.</summary>
public sealed record HeaderAnswer
{
    private HeaderAnswer() { }

    public RemoteHeader? Header { get; private init; }

    /// <summary>Why it is not known before the download, which may go ahead all the same; null where that is not so.</summary>
    public string? NotKnown { get; private init; }

    /// <summary>Why the file cannot be had, or is none that could be used.</summary>
    public Failure? Failure { get; private init; }

    /// <summary>The host and port that a superuser may allow, where that is what stands in the way.</summary>
    public string? AllowableHost { get; private init; }

    internal static HeaderAnswer Of(RemoteHeader header) => new() { Header = header };

    internal static HeaderAnswer Unknown(Uri url, string why) =>
        new() { NotKnown = $"Whether it fits is not known before the download: {url.Host} {why}." };

    internal static HeaderAnswer Of(Failure failure, string? allowableHost = null) =>
        new() { Failure = failure, AllowableHost = allowableHost };
}
