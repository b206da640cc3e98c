using Microsoft.Extensions.AI;
using Republic.Core.Providers.Upstream;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>What a provider sends without end is not kept: with the limits of every day, what is alive grows by 32 MB at most.</summary>
[Collection(nameof(Alone))]
public sealed class ProtocolMemoryTests : IAsyncLifetime
{
    private readonly RawUpstream upstream = new();
    private ProviderLayer layer = null!;

    public static TheoryData<string, string, bool> Endless
    {
        get
        {
            var data = new TheoryData<string, string, bool>();
            foreach (var wire in Wire.All)
            {
                data.Add(wire.Protocol, "body of 1 GB", false);
                data.Add(wire.Protocol, "503 of 1 GB", false);
                data.Add(wire.Protocol, "a line of 64 MB", true);
            }

            return data;
        }
    }

    public ValueTask InitializeAsync()
    {
        layer = new ProviderLayer([("Outbound:AllowedHosts:0", upstream.Authority)]);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Endless))]
    public async Task What_never_ends_is_not_kept(string protocol, string name, bool streamed)
    {
        var ct = TestContext.Current.CancellationToken;
        var wire = Wire.Of(protocol);
        upstream.Script = Faults.All.Single(fault => fault.Name == name).On(wire);
        using var client = layer.Router.ChatClient(layer.Target(wire.Provider, upstream.BaseUrl, Faults.Key));
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var call = Assert.ThrowsAsync<ProviderException>(() =>
            streamed
                ? client.GetStreamingResponseAsync("Hi", cancellationToken: ct).ToListAsync(ct).AsTask()
                : client.GetResponseAsync("Hi", cancellationToken: ct)
        );
        var most = 0L;
        while (!call.IsCompleted)
        {
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            await Task.Delay(5, ct);
        }

        await call;
        Assert.InRange(most, 0, 32 << 20);
    }

    public async ValueTask DisposeAsync()
    {
        await layer.DisposeAsync();
        await upstream.DisposeAsync();
    }
}
