using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Providers.Upstream;
using Republic.Core.Security;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>The second check of the outbound guard: at connect time, on what DNS really answered.</summary>
public sealed class OutboundConnectTests : IAsyncLifetime
{
    private static readonly IPAddress Public = IPAddress.Parse("198.41.0.4");

    // Must never be reached: on loopback, and allowed by nobody.
    private readonly RawUpstream collector = new();

    public static TheoryData<string> Inside =>
        ["127.0.0.1", "10.0.0.5", "169.254.169.254", "fd00:ec2::254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"];

    [Theory]
    [MemberData(nameof(Inside))]
    public async Task A_public_name_that_leads_inside_is_refused_when_connecting(string address)
    {
        var error = await AskAsync(new ScriptedResolver([IPAddress.Parse(address)]), $"http://looks-public.example:{collector.Port}/v1");

        Assert.Equal(ProviderErrorKind.Refused, error.Kind);
        Assert.Contains($"looks-public.example:{collector.Port}", error.Message);
        Assert.Empty(collector.Requests);
    }

    [Fact]
    public async Task One_inside_address_among_public_ones_is_enough_to_refuse()
    {
        var error = await AskAsync(new ScriptedResolver([Public, IPAddress.Loopback]), $"http://mixed.example:{collector.Port}/v1");

        Assert.Equal(ProviderErrorKind.Refused, error.Kind);
        Assert.Empty(collector.Requests);
    }

    [Fact]
    public async Task An_address_that_nobody_can_allow_is_told_before_those_that_a_superuser_can()
    {
        var addresses = new[] { IPAddress.Parse("10.0.0.5"), IPAddress.Parse("fe80::1") };

        var error = await AskAsync(new ScriptedResolver(addresses), $"http://gpu.example:{collector.Port}/v1");

        Assert.Contains("It is never allowed.", error.Message);
        Assert.Null(error.AllowableHost);
    }

    [Fact]
    public async Task A_name_that_rebinds_after_the_first_look_is_refused_when_it_does()
    {
        await using var upstream = new RawUpstream();
        // The first address is allowed by its host and port; the second, under the same name, is not.
        var resolver = new ScriptedResolver([IPAddress.Loopback], [IPAddress.Parse("169.254.169.254")]);
        await using var layer = Layer(resolver, upstream.Authority);
        var target = layer.Target("custom", new Uri($"http://rebinding.example:{upstream.Port}/v1"));
        using var client = layer.Router.ChatClient(target);

        var first = await layer.Router.TestAsync(target, TestContext.Current.CancellationToken);
        var second = await layer.Router.TestAsync(target, TestContext.Current.CancellationToken);

        Assert.True(first.Ok, first.Error);
        Assert.False(second.Ok);
        Assert.Contains("metadata", second.Error);
        Assert.Equal(2, resolver.Asked);
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task The_connection_goes_to_the_address_that_was_checked_and_the_name_is_not_asked_again()
    {
        await using var upstream = new RawUpstream();
        var resolver = new ScriptedResolver([IPAddress.Loopback]);
        await using var layer = Layer(resolver, upstream.Authority);

        var test = await layer.Router.TestAsync(
            layer.Target("custom", new Uri($"http://vendor.example:{upstream.Port}/v1")),
            TestContext.Current.CancellationToken
        );

        Assert.True(test.Ok, test.Error);
        Assert.Equal(1, resolver.Asked);
        Assert.Contains($"Host: vendor.example:{upstream.Port}", Assert.Single(upstream.Requests));
    }

    [Fact]
    public async Task Localhost_has_two_addresses_and_the_listed_one_is_enough()
    {
        await using var upstream = new RawUpstream();
        await using var layer = Layer(new ScriptedResolver([IPAddress.IPv6Loopback, IPAddress.Loopback]), upstream.Authority);

        var test = await layer.Router.TestAsync(
            layer.Target("ollama", new Uri($"http://localhost:{upstream.Port}/v1")),
            TestContext.Current.CancellationToken
        );

        Assert.True(test.Ok, test.Error);
    }

    [Fact]
    public async Task A_redirect_inside_is_not_followed()
    {
        await using var upstream = new RawUpstream
        {
            Script = call =>
                call.SendAsync(
                    $"HTTP/1.1 302 Found\r\nLocation: http://{collector.Authority}/v1/chat/completions\r\nContent-Length: 0\r\n\r\n"
                ),
        };
        await using var layer = Layer(new SystemHostResolver(), upstream.Authority);

        var test = await layer.Router.TestAsync(layer.Target("custom", upstream.BaseUrl), TestContext.Current.CancellationToken);

        Assert.False(test.Ok);
        Assert.Contains("Redirects are not followed", test.Error);
        Assert.Empty(collector.Requests);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/v1")]
    [InlineData("http://localhost:{0}/v1")]
    [InlineData("http://0x7f.1:{0}/v1")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/v1")]
    [InlineData("http://127.0.0.1.:{0}/v1")]
    public async Task An_inside_address_written_out_is_refused_without_any_form(string url)
    {
        var error = await AskAsync(new SystemHostResolver(), string.Format(url, collector.Port));

        Assert.Equal(ProviderErrorKind.Refused, error.Kind);
        Assert.Contains("at /admin/hosts", error.Message);
        Assert.EndsWith($":{collector.Port}", error.AllowableHost);
        Assert.Empty(collector.Requests);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => collector.DisposeAsync();

    private static ProviderLayer Layer(IHostResolver resolver, params string[] allowed) =>
        new(allowed.Select((host, i) => ($"Outbound:AllowedHosts:{i}", host)), services => services.AddSingleton(resolver));

    private static async Task<ProviderException> AskAsync(IHostResolver resolver, string url)
    {
        await using var layer = Layer(resolver);
        return await Assert.ThrowsAsync<ProviderException>(() =>
            layer.Router.ListModelsAsync(layer.Target("custom", new Uri(url)), TestContext.Current.CancellationToken)
        );
    }
}
