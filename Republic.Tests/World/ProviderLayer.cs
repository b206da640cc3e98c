using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Providers;
using Republic.Core.Providers.Protocols;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;
using Republic.Core.Security;

namespace Republic.Tests.World;

/// <summary>The provider layer by itself, wired as the application wires it.</summary>
public sealed class ProviderLayer : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public ProviderLayer(IEnumerable<(string Key, string Value)> settings, Action<IServiceCollection>? more = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)))
            .Build();
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSecurity(configuration);
        collection.AddProviders(configuration);
        // Asked by budgets alone, and here nobody has one.
        collection.AddDbContextFactory<RepublicDb>(options => options.UseNpgsql("Host=nowhere"));
        more?.Invoke(collection);
        services = collection.BuildServiceProvider();
    }

    public ModelRouter Router => services.GetRequiredService<ModelRouter>();

    public RouteDryRun DryRun => services.GetRequiredService<RouteDryRun>();

    public ProviderCatalog Catalog => services.GetRequiredService<ProviderCatalog>();

    /// <summary>What a protocol makes of a request in chat completions' shape, with nothing above it.</summary>
    public Task<HttpResponseMessage> SendAsync(
        ModelTarget target,
        string path,
        ReadOnlyMemory<byte> body,
        bool stream,
        CancellationToken ct
    ) =>
        services
            .GetServices<IModelProtocol>()
            .Single(protocol => protocol.Name == target.Provider.Protocol)
            .SendAsync(target, services.GetRequiredService<ModelTransports>().For(target.Provider), path, body, stream, ct);

    public ModelTarget Target(string provider, Uri? baseUrl = null, string? key = "sk-canary-0123456789abcdef") =>
        new(Catalog.Find(provider)!, "vendor-model", baseUrl, key);

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
