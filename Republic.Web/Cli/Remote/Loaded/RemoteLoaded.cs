namespace Republic.Web.Cli.Remote.Loaded;

/// <summary>What the server has in memory, as <c>GET /api/personal-models/loaded</c> sends it. Every member may be missing.</summary>
internal sealed record RemoteLoaded(
    RemoteMemory? Memory,
    IReadOnlyList<RemoteLoadedModel?>? Models,
    IReadOnlyList<RemoteWaitingModel?>? Waiting
);
