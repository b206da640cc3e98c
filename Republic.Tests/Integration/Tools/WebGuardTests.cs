using Republic.Core.Answering.Tools;
using Republic.Core.Security;
using Republic.Core.Tools;
using Republic.Core.Tools.BuiltIn.Web;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>Private hosts that were allowed for models, and what the web tools make of that.</summary>
public sealed class WebGuardTests : IAsyncLifetime
{
    private readonly RawUpstream host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>All that can be allowed is.</summary>
    private OutboundGuard Generous => Guards.New(new OutboundOptions { AllowedHosts = [host.Authority], AllowPrivateNetworks = true });

    [Fact]
    public async Task What_is_allowed_for_models_is_no_page()
    {
        var refused = await ReadAsync(new ToolOptions());

        Assert.Contains("is a private address", refused, StringComparison.Ordinal);
        Assert.Contains($"lists {host.Authority} in Tools__PageHosts__0", refused, StringComparison.Ordinal);
        Assert.Empty(host.Requests);
    }

    [Fact]
    public async Task The_host_of_the_search_is_for_searches_alone()
    {
        host.Script = call => call.JsonAsync("""{"results":[]}""");
        var options = new ToolOptions { SearchUrl = $"http://{host.Authority}" };
        using var search = new WebSearch(Guards.Strict(), new FixedToolOptions(options), TimeProvider.System);

        Assert.Empty(await search.SearchAsync("boats", Ct));
        Assert.Single(host.Requests);
        Assert.Contains("is a private address", await ReadAsync(options), StringComparison.Ordinal);
        Assert.Single(host.Requests);
    }

    [Fact]
    public async Task Not_even_a_search_is_at_a_metadata_address()
    {
        var options = new ToolOptions { SearchUrl = "http://169.254.169.254" };
        using var search = new WebSearch(Generous, new FixedToolOptions(options), TimeProvider.System);

        var refused = await Assert.ThrowsAsync<ToolException>(() => search.SearchAsync("boats", Ct));

        Assert.Contains("never allowed", refused.Message, StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    /// <returns>Why the host is not read as a page.</returns>
    private async Task<string> ReadAsync(ToolOptions options)
    {
        using var web = new WebClient(WebGuards.OfPages(Generous, new FixedToolOptions(options)), TimeProvider.System);
        var address = new Uri($"http://{host.Authority}/");
        return (await Assert.ThrowsAsync<ToolException>(() => web.GetAsync(address, "text/html", Ct))).Message;
    }
}
