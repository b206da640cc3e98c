namespace Republic.Web.Cli.Remote.Loaded;

/// <summary>A model in memory; one of another person has no name.</summary>
internal sealed record RemoteLoadedModel(
    string? Name,
    long? Bytes,
    long? ContextLength,
    int? Slots,
    int? Active,
    int? Waiting,
    double? TokensPerSecond,
    bool? Pinned,
    double? UnloadsInSeconds
);
