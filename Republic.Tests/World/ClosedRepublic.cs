using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Security;

namespace Republic.Tests.World;

/// <summary>A republic as it is installed, where nothing of its own machine and networks is allowed, with a DNS that the test answers.</summary>
public sealed class ClosedRepublic(TestDatabases databases) : RunningRepublic(databases)
{
    public const string MasterKey = "BQQDAgEABwYFBAMCAQ8ODQwLCgkIFxYVFBMSERAfHh0=";

    public TestDatabases Databases { get; } = databases;

    public OneAnswer Resolver { get; } = new();

    protected override IEnumerable<(string Key, string Value)> Settings =>
        [("Outbound:AllowedHosts:0", "nothing.invalid:1"), ("API_KEY_ENCRYPTION_KEY", MasterKey)];

    protected override void Arrange(IServiceCollection services) => services.AddSingleton<IHostResolver>(Resolver);
}

public sealed class OneAnswer : IHostResolver
{
    public IPAddress[] Answer { get; set; } = [];

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct) => Task.FromResult(Answer);
}
