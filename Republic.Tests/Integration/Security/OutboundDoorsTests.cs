using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.Unit;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Security;

/// <summary>Every door through which a person can name an address, knocked at with every address that leads inside.</summary>
public sealed class OutboundDoorsTests(ClosedRepublic republic) : IClassFixture<ClosedRepublic>, IAsyncLifetime
{
    // Must never be reached.
    private readonly RawUpstream collector = new();

    private static readonly string[] OfCollector =
    [
        "http://127.0.0.1:{0}/v1",
        "http://127.1:{0}/",
        "http://2130706433:{0}/v1",
        "http://0x7f.1:{0}/v1",
        "http://017700000001:{0}/v1",
        "http://0.0.0.0:{0}/v1",
        "http://0:{0}/v1",
        "http://localhost:{0}/v1",
        "http://localhost.:{0}/v1",
        "http://a.localhost:{0}/v1",
        "http://127.0.0.1.:{0}/v1",
        "http://[::1]:{0}/v1",
        "http://[::]:{0}/v1",
        "http://[::ffff:127.0.0.1]:{0}/v1",
        "http://[::127.0.0.1]:{0}/v1",
        "http://[64:ff9b::7f00:1]:{0}/v1",
        "http://[2002:7f00:1::]:{0}/v1",
        "http://user@127.0.0.1:{0}/v1",
        "http://example.com@127.0.0.1:{0}/v1",
        "http://127.0.0.1:{0}#@example.com/",
        "http://127.0.0.1:{0}\\@example.com/",
        "http://１２７.０.０.１:{0}/v1",
        "http://127。0。0。1:{0}/v1",
    ];

    private const string Key = "sk-canary-door-0123456789";

    [Fact]
    public async Task Nobody_can_be_pointed_inside_by_any_spelling_at_any_door()
    {
        var person = await republic.NewPersonAsync("Prober");
        var minion = await person.NewMinionAsync(
            "honest",
            more: new JsonObject
            {
                ["provider"] = "openai",
                ["model_id"] = "m",
                ["api_key"] = Key,
            }
        );
        string[] urls =
        [
            .. OfCollector.Select(url => string.Format(null, url, collector.Port)),
            .. OutboundGuardTests.Forbidden.Select(row => row.Data),
        ];
        Assert.True(urls.Length >= 60);
        List<string> wrong = [];
        foreach (var url in urls)
        {
            foreach (var (verb, path, body, field) in Doors(url, person.Id, minion.Id))
            {
                using var response = await person.Api.SendAsync(verb, path, body);
                var said = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                if (
                    response.StatusCode != HttpStatusCode.BadRequest
                    || JsonNode.Parse(said)!["errors"]?.AsObject().Any(error => error.Key.StartsWith(field, StringComparison.Ordinal))
                        != true
                )
                {
                    wrong.Add($"{verb} {path} {url}: {(int)response.StatusCode} {said}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Empty(collector.Requests);
    }

    [Theory]
    [InlineData("/models/form?handler=Test", "Input.BaseUrl")]
    [InlineData("/models/form?handler=Models", "Input.BaseUrl")]
    [InlineData("/models/form?handler=FallbackModels&row=0", "Input.Fallbacks[0].BaseUrl")]
    [InlineData("/providers/keys/new?handler=Test", "Input.BaseUrl")]
    public async Task Nor_by_a_form_that_tests_a_connection_or_reads_a_list(string door, string field)
    {
        var person = await republic.NewPersonAsync($"Former{Guid.CreateVersion7():N}");
        var browser = await person.BrowserAsync();
        var token = Html.Token(await browser.ReadAsync("/models/new"));
        List<string> wrong = [];
        foreach (
            var url in OfCollector
                .Select(url => string.Format(null, url, collector.Port))
                .Concat(OutboundGuardTests.Forbidden.Select(row => row.Data))
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, door);
            request.Headers.Add("HX-Request", "true");
            request.Content = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["__RequestVerificationToken"] = token,
                    ["Input.Provider"] = "custom",
                    ["Input.ModelId"] = "m",
                    ["Input.ApiKey"] = Key,
                    ["Input.Fallbacks[0].Provider"] = "custom",
                    ["Input.Fallbacks[0].ModelId"] = "m",
                    [field] = url,
                }
            );
            using var response = await browser.Http.SendAsync(request, TestContext.Current.CancellationToken);
            var said = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var isLetIn =
                said.Contains("check_circle", StringComparison.Ordinal) || said.Contains("'s list. Choose one", StringComparison.Ordinal);
            if ((int)response.StatusCode is not (200 or 400) || isLetIn)
            {
                wrong.Add($"{door} {url}: {(int)response.StatusCode} {said}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Empty(collector.Requests);
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_a_502_and_nothing_is_called()
    {
        var person = await republic.NewPersonAsync("Renamer");
        republic.Resolver.Answer = [IPAddress.Loopback];
        var minion = await person.NewMinionAsync(
            "named",
            more: new JsonObject
            {
                ["provider"] = "custom",
                ["model_id"] = "m",
                ["base_url"] = $"http://looks-public.example:{collector.Port}/v1",
            }
        );
        using var outside = new OutsideClient(republic.Address, minion.Key);

        var error = await outside.ErrorAsync(502, "/v1/chat/completions", OutsideClient.Hi);

        Assert.Equal("address_not_allowed", error["code"]!.GetValue<string>());
        Assert.DoesNotContain("looks-public", error["message"]!.GetValue<string>());
        Assert.DoesNotContain("127.0.0.1", error["message"]!.GetValue<string>());
        Assert.Empty(collector.Requests);
    }

    [Fact]
    public async Task No_field_of_a_request_changes_where_it_goes()
    {
        await using var vendor = new FakeVendor();
        await republic.Mira.Api.PostAsync("/api/admin/allowed-hosts", new { host = vendor.BaseUrl.Authority });
        await republic.Mira.Api.PostAsync("/api/admin/allowed-hosts", new { host = collector.Authority });
        var person = await republic.NewPersonAsync("Fielder");
        var minion = await person.NewMinionAsync("stays", vendor);
        using var outside = new OutsideClient(republic.Address, minion.Key);
        var away = $"\"{collector.BaseUrl}\"";
        string[] names =
        [
            "api_base",
            "base_url",
            "baseUrl",
            "api_url",
            "endpoint",
            "url",
            "host",
            "proxy",
            "custom_llm_provider",
            "provider",
        ];
        string[] shapes =
        [
            "\"{0}\":{1}",
            "\"user_config\":{{\"{0}\":{1}}}",
            "\"user_config\":{{\"model_list\":[{{\"model_name\":\"m\",\"litellm_params\":{{\"{0}\":{1}}}}}]}}",
            "\"metadata\":{{\"{0}\":{1}}}",
            "\"extra_body\":{{\"{0}\":{1}}}",
            "\"litellm_params\":{{\"{0}\":{1}}}",
            "\"fallbacks\":[{{\"model\":\"m\",\"{0}\":{1}}}]",
            "\"config\":{{\"targets\":[{{\"{0}\":{1}}}]}}",
        ];
        foreach (var field in shapes.SelectMany(shape => names.Select(name => string.Format(null, shape, name, away))))
        {
            using var response = await outside.ChatAsync($$"""{"messages":[{"role":"user","content":"Hi"}],{{field}}}""");
            Assert.True((int)response.StatusCode is 200 or 400, $"{field}: {(int)response.StatusCode}");
        }

        using var byHeader = await outside.ChatAsync(
            OutsideClient.Hi,
            ("x-api-base", collector.BaseUrl.ToString()),
            ("x-portkey-custom-host", collector.BaseUrl.ToString())
        );
        Assert.Equal(HttpStatusCode.OK, byHeader.StatusCode);
        Assert.NotEmpty(vendor.Requests);
        Assert.Empty(collector.Requests);
    }

    [Fact]
    public async Task A_key_is_entered_again_where_the_address_changes_through_the_api_too()
    {
        await using var vendor = new FakeVendor();
        await republic.Mira.Api.PostAsync("/api/admin/allowed-hosts", new { host = vendor.BaseUrl.Authority });
        await republic.Mira.Api.PostAsync("/api/admin/allowed-hosts", new { host = collector.Authority });
        var person = await republic.NewPersonAsync("Mover");
        var minion = await person.NewMinionAsync("moved", vendor);

        var problem = await person.Api.ProblemAsync(
            400,
            HttpMethod.Put,
            $"/api/minions/{minion.Id}",
            new { base_url = collector.BaseUrl.ToString() }
        );

        Assert.NotNull(problem["errors"]!["api_key"]);
        using var outside = new OutsideClient(republic.Address, minion.Key);
        await outside.AnswerAsync(OutsideClient.Hi);
        Assert.Empty(collector.Requests);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => collector.DisposeAsync();

    private static (HttpMethod Verb, string Path, JsonObject Body, string Field)[] Doors(string url, Guid person, Guid minion)
    {
        var draft = new JsonObject
        {
            ["name"] = "inside",
            ["provider"] = "custom",
            ["model_id"] = "m",
            ["base_url"] = url,
            ["api_key"] = Key,
        };
        var fallback = new JsonObject
        {
            ["provider"] = "custom",
            ["model_id"] = "m",
            ["base_url"] = url,
        };
        var key = new JsonObject
        {
            ["provider"] = "custom",
            ["base_url"] = url,
            ["api_key"] = Key,
        };
        return
        [
            (HttpMethod.Post, $"/api/users/{person}/providers", key, "base_url"),
            (HttpMethod.Post, $"/api/users/{person}/providers/test", key, "base_url"),
            (HttpMethod.Post, $"/api/users/{person}/providers/test?model=m", key, "base_url"),
            (HttpMethod.Post, "/api/minions", draft, "base_url"),
            (HttpMethod.Post, "/api/tool-servers", new JsonObject { ["name"] = "inside", ["url"] = url }, "url"),
            (HttpMethod.Put, $"/api/minions/{minion}", new JsonObject { ["base_url"] = url, ["api_key"] = Key }, "base_url"),
            (HttpMethod.Put, $"/api/minions/{minion}", new JsonObject { ["fallbacks"] = new JsonArray(fallback) }, "fallbacks"),
        ];
    }
}
