using System.Collections.Frozen;

namespace Republic.Core.Security;

/// <summary>What superusers have allowed, in memory: it is asked for at every new connection.</summary>
public sealed class AllowedHosts
{
    private volatile FrozenSet<string> hosts = [];

    public bool Contains(string host, int port) => hosts.Count > 0 && hosts.Contains(OutboundHost.WithPort(host, port));

    internal void Replace(IEnumerable<string> allowed) => hosts = allowed.ToFrozenSet(StringComparer.Ordinal);
}
