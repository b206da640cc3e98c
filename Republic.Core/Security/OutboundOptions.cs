namespace Republic.Core.Security;

/// <summary>Section <c>Outbound</c>: what the superuser allows beyond the public internet.</summary>
public sealed class OutboundOptions
{
    /// <summary>Hosts or host:port that may be private, e.g. <c>127.0.0.1:11434</c> or <c>llm.home.arpa</c>.</summary>
    public IList<string> AllowedHosts { get; init; } = [];

    /// <summary>Allows every private and loopback address; cloud metadata stays refused.</summary>
    public bool AllowPrivateNetworks { get; set; }
}
