using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Http;

/// <summary>The settings for nginx and Caddy that the docs show, run by nginx and Caddy.</summary>
public sealed class ProxyServerTests(BehindProxy republic) : IClassFixture<BehindProxy>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public async Task The_settings_of_the_docs_carry_sign_ins_streams_and_large_bodies(string name)
    {
        await using var proxy = new ReverseProxy();
        await proxy.StartAsync(name, republic.Address);

        await SignsInAsync(proxy);
        await TellsTheClientAsync(proxy);
        await StreamsAsync(proxy, name);
    }

    private async Task SignsInAsync(ReverseProxy proxy)
    {
        using var http = new HttpClient(proxy.Handler()) { BaseAddress = new Uri(BehindProxy.Site) };
        using var away = await http.GetAsync("/models", Ct);
        Assert.Equal(Uri.UriSchemeHttps, new Uri(http.BaseAddress, away.Headers.Location!).Scheme);
        Assert.Equal(BehindProxy.Host, new Uri(http.BaseAddress, away.Headers.Location!).Authority);

        var browser = new Visitor(http.BaseAddress, proxy.Handler());
        await browser.SignInAsync(republic.Mira.Email, republic.Mira.Password);
        using var dark = await browser.SubmitAsync("/account", new Dictionary<string, string> { ["theme"] = "dark" }, "Theme");
        Assert.Contains("data-theme=\"dark\"", await browser.ReadAsync("/account"), StringComparison.Ordinal);
        var cookies = browser.Cookies.GetCookies(http.BaseAddress);
        Assert.All(cookies, cookie => Assert.True(cookie.Secure && cookie.Name.StartsWith("__Host-", StringComparison.Ordinal)));
        using var models = await browser.GetAsync("/models");
        Assert.Equal(HttpStatusCode.OK, models.StatusCode);
        Assert.True(models.Headers.Contains("Strict-Transport-Security"));
    }

    private async Task TellsTheClientAsync(ReverseProxy proxy)
    {
        using var http = new HttpClient(proxy.Handler()) { BaseAddress = new Uri(BehindProxy.Site) };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        await new ApiClient(http).PostAsync("/api/account/login", new { email = republic.Ada.Email, password = republic.Ada.Password });

        var address = await republic.QueryAsync(db => db.AuditEntries.OrderByDescending(entry => entry.Number).FirstAsync(Ct));
        Assert.Equal(ReverseProxy.ClientAddress, address.Address);
    }

    private async Task StreamsAsync(ReverseProxy proxy, string name)
    {
        await using var vendor = new FakeVendor();
        var minion = await republic.Jonas.NewMinionAsync($"behind-{name}", vendor);
        var stream = vendor.AnswersByHand();
        using var http = new HttpClient(proxy.Handler()) { BaseAddress = new Uri(BehindProxy.Site) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", minion.Key);
        // More than the megabyte that nginx takes when it is told nothing.
        var question = new string('x', 1_500_000);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions");
        request.Content = new StringContent(
            $$"""{"stream":true,"messages":[{"role":"user","content":"{{question}}"}]}""",
            Encoding.UTF8,
            "application/json"
        );
        var asking = http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        await stream.Asked;
        stream.Says("Once");
        using var answer = await asking;
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Ct));

        // Read while the model has not gone on: nothing in between gathers.
        Assert.Contains("Once", await reader.ReadLineAsync(Ct), StringComparison.Ordinal);
        stream.Ends();
        Assert.EndsWith("data: [DONE]\n\n", await reader.ReadToEndAsync(Ct), StringComparison.Ordinal);
    }
}
