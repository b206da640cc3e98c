using System.Net;

namespace Republic.Core.Security;

/// <summary>Turns a host name into addresses. A seam, because a test of DNS rebinding needs a name whose answer changes.</summary>
public interface IHostResolver
{
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct);
}
