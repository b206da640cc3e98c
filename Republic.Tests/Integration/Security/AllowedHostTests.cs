using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Security;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Security;

/// <summary>A superuser allows a host from the error itself, and takes it back. Nothing on loopback is allowed here from the start.</summary>
public sealed class AllowedHostTests(ClosedRepublic republic) : IClassFixture<ClosedRepublic>
{
    private const string Hosts = "/api/admin/allowed-hosts";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_refused_works_after_a_superuser_allowed_it_and_no_more_after_it_was_taken_back()
    {
        var person = await republic.NewPersonAsync("Asker");
        await using var vendor = new FakeVendor();
        var host = vendor.BaseUrl.Authority;
        var draft = new JsonObject
        {
            ["name"] = "asks",
            ["provider"] = "custom",
            ["model_id"] = "m",
            ["base_url"] = vendor.BaseUrl.ToString(),
        };

        var refused = await person.Api.ProblemAsync(400, HttpMethod.Post, "/api/minions", draft);
        Assert.Contains($"A superuser can allow {host} at /admin/hosts", refused["errors"]!["base_url"]![0]!.GetValue<string>());
        await person.Api.ProblemAsync(403, HttpMethod.Post, Hosts, new { host });
        await republic.Mira.Api.PostAsync(Hosts, new { host });
        await republic.Mira.Api.PostAsync(Hosts, new { host });

        var minion = await person.NewMinionAsync("asks", vendor);
        using var outside = new OutsideClient(republic.Address, minion.Key);
        await outside.AnswerAsync(OutsideClient.Hi);
        Assert.Equal([host], (await ListAsync()).Where(one => one == host));

        await republic.Mira.Api.DeleteAsync($"{Hosts}?host={Uri.EscapeDataString(host)}");
        await republic.Mira.Api.ProblemAsync(404, HttpMethod.Delete, $"{Hosts}?host={Uri.EscapeDataString(host)}");
        await person.Api.ProblemAsync(400, HttpMethod.Post, "/api/minions", draft);
        // A connection that was open may still carry a call; a new one is refused.
        Assert.DoesNotContain(host, await ListAsync());
    }

    [Theory]
    [InlineData("169.254.169.254:80")]
    [InlineData("2852039166:80")]
    [InlineData("[::ffff:169.254.169.254]:80")]
    [InlineData("[fd00:ec2::254]:80")]
    [InlineData("100.100.100.200:80")]
    [InlineData("[fe80::1]:80")]
    [InlineData("0.0.0.0:11434")]
    [InlineData("224.0.0.1:80")]
    [InlineData("192.168.1.20")]
    [InlineData("192.168.1.20:0")]
    [InlineData("192.168.1.20:70000")]
    [InlineData("http://192.168.1.20:11434")]
    [InlineData("")]
    public async Task What_is_never_allowed_or_is_no_host_and_port_is_refused_naming_the_field(string host)
    {
        var problem = await republic.Mira.Api.ProblemAsync(400, HttpMethod.Post, Hosts, new { host });

        Assert.NotNull(problem["errors"]!["host"]);
    }

    [Fact]
    public async Task An_allowed_name_that_leads_to_metadata_is_refused_all_the_same()
    {
        await republic.Mira.Api.PostAsync(Hosts, new { host = "llm.home.arpa:80" });
        var guard = republic.Services.GetRequiredService<OutboundGuard>();
        using var http = new HttpClient(guard.CreateHandler());
        republic.Resolver.Answer = [IPAddress.Parse("169.254.169.254")];

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("http://llm.home.arpa/"), Ct));

        Assert.Contains("never allowed", Assert.IsType<OutboundRefusedException>(refused.InnerException).Message);
    }

    [Fact]
    public async Task The_other_nodes_hear_of_it()
    {
        const string Host = "192.168.77.7:8080";
        await using var second = new SecondNode(republic.Databases, republic, ClosedRepublic.MasterKey);
        await second.InitializeAsync();
        var guard = second.Services.GetRequiredService<OutboundGuard>();
        Assert.NotNull(guard.Check(new Uri($"http://{Host}/v1")));

        await republic.Mira.Api.PostAsync(Hosts, new { host = Host });

        await Until.TrueAsync(() => guard.Check(new Uri($"http://{Host}/v1")) is null);
    }

    [Fact]
    public async Task The_error_in_the_form_has_a_button_for_a_superuser_and_for_nobody_else()
    {
        const string Host = "192.168.1.20:11434";
        var fields = new Dictionary<string, string>
        {
            ["Input.Provider"] = "custom",
            ["Input.ModelId"] = "m",
            ["Input.BaseUrl"] = $"http://{Host}/v1",
        };
        var (mira, jonas) = (await republic.Mira.BrowserAsync(), await republic.Jonas.BrowserAsync());

        var offered = await PostAsync(mira, "/models/form?handler=Test", fields);
        var plain = await PostAsync(jonas, "/models/form?handler=Test", fields);
        Assert.Contains($"Allow {Host}", await offered.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var said = await plain.Content.ReadAsStringAsync(Ct);
        Assert.Contains("is a private address", said, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=Allow", said, StringComparison.Ordinal);

        var key = new Dictionary<string, string> { ["Input.Provider"] = "custom", ["Input.BaseUrl"] = $"http://{Host}/v1" };
        using var stored = await PostAsync(mira, "/providers/keys/new", new(key));
        Assert.Equal(HttpStatusCode.BadRequest, stored.StatusCode);
        Assert.Contains("handler=Allow", await stored.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var refused = await PostAsync(jonas, "/providers/keys/new", new(key));
        Assert.DoesNotContain("handler=Allow", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        using var forbidden = await PostAsync(jonas, $"/admin/hosts?handler=Allow&host={Host}", []);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        using var allowed = await PostAsync(mira, $"/admin/hosts?handler=Allow&host={Host}", []);
        Assert.Equal(HttpStatusCode.Redirect, allowed.StatusCode);
        Assert.Contains(Host, await ListAsync());
        using var page = await mira.GetAsync("/admin/hosts");
        Assert.Contains(Host, await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.168.77.5:11434")]
    [InlineData("10.0.0.5:8000")]
    [InlineData("127.0.0.1:1234")]
    [InlineData("[::1]:1234")]
    [InlineData("[fd12:3456::5]:8000")]
    [InlineData("localhost:1235")]
    public async Task The_button_names_the_host_and_port_that_were_refused_in_every_dialog(string host)
    {
        var mira = await republic.Mira.BrowserAsync();
        var fields = new Dictionary<string, string>
        {
            ["Input.Provider"] = "custom",
            ["Input.ModelId"] = "m",
            ["Input.BaseUrl"] = $"http://{host}/v1",
        };

        foreach (var path in new[] { "/models/form?handler=Test", "/providers/keys/new?handler=Test" })
        {
            Assert.Equal([host], Offered(await SaidAsync(mira, path, fields)).Distinct());
        }
    }

    [Fact]
    public async Task A_test_that_fails_for_another_reason_offers_nothing()
    {
        await using var vendor = new FakeVendor();
        vendor.Refuses(HttpStatusCode.Unauthorized, "no such key");
        var mira = await republic.Mira.BrowserAsync();
        foreach (var host in new[] { vendor.BaseUrl.Authority, "127.0.0.1:1" })
        {
            await republic.Mira.Api.PostAsync(Hosts, new { host });
        }

        republic.Resolver.Answer = [];
        foreach (
            var (address, why) in new[]
            {
                (vendor.BaseUrl.ToString(), "no such key"),
                ("http://127.0.0.1:1/v1", "127.0.0.1"),
                ("http://nobody.example/v1", "nobody.example"),
                ("http://169.254.169.254/v1", "never allowed"),
            }
        )
        {
            var said = await SaidAsync(
                mira,
                "/models/form?handler=Test",
                new()
                {
                    ["Input.Provider"] = "custom",
                    ["Input.ModelId"] = "m",
                    ["Input.BaseUrl"] = address,
                }
            );

            Assert.Contains(why, said, StringComparison.Ordinal);
            Assert.Empty(Offered(said));
        }
    }

    private static async Task<string> SaidAsync(Visitor browser, string path, Dictionary<string, string> fields)
    {
        using var answer = await PostAsync(browser, path, fields);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    private static IEnumerable<string> Offered(string html) =>
        Regex
            .Matches(
                html,
                "formaction=\"/admin/hosts\\?handler=Allow&amp;host=(?<host>[^\"]*)\"",
                RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1)
            )
            .Select(match => Uri.UnescapeDataString(match.Groups["host"].Value));

    /// <summary>As a button with an address of its own sends the form that it stands in.</summary>
    private static async Task<HttpResponseMessage> PostAsync(Visitor browser, string path, Dictionary<string, string> fields)
    {
        var html = await browser.ReadAsync("/models/new");
        var token = Regex.Match(
            html,
            "__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)
        );
        fields["__RequestVerificationToken"] = token.Groups["token"].Value;
        return await browser.Http.PostAsync(path, new FormUrlEncodedContent(fields), Ct);
    }

    private async Task<List<string>> ListAsync() =>
        [.. (await republic.Mira.Api.GetAsync(Hosts))["hosts"]!.AsArray().Select(host => host!["host"]!.GetValue<string>())];
}
