using System.Text.Json;

namespace Republic.Web.Cli.Remote.Verbs;

/// <summary>A version that a minion was trained to on a model. Every member may be missing.</summary>
internal sealed record RemoteVersion(
    int? Version,
    string? MinionId,
    string? MinionName,
    string? RunName,
    JsonElement? DatasetVersion,
    JsonElement? Verdict,
    DateTimeOffset? DeployedAt,
    bool? IsLive
);
