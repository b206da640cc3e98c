using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>
/// Every kind of secret is planted, every kind of trouble is driven through it with the log at its most talkative, and then all that
/// Republic has said or kept is searched for them.
/// </summary>
public sealed class CanaryTests(CanaryTests.Talkative republic) : IClassFixture<CanaryTests.Talkative>, IAsyncLifetime
{
    private const string Password = "canary password of Vigdis 5519";
    private const string StoredKey = "sk-stored-canary-77aa88bb99cc";
    private const string MetricsToken = "canary-metrics-token-90210";
    private readonly RawUpstream upstream = new();
    private readonly StringBuilder answers = new();
    private string person = "";
    private string lastMinion = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_secret_is_in_any_log_answer_span_metric_or_table_whatever_goes_wrong()
    {
        using var http = new HttpClient { BaseAddress = republic.Address };
        var secrets = await SignInAsync(http);
        foreach (
            var fault in Faults.All.Where(fault => fault.Name.Contains("echo") || fault.Name.Contains("redirect")).Concat(OneOfEachKind)
        )
        {
            foreach (var streamed in fault.Ways)
            {
                secrets.Add(await AskAsync(http, fault, streamed));
            }
        }

        secrets.Add(await AskWithAStoredKeyAsync(http));
        await MisuseAsync(http, secrets);
        await ReadAllAsync(http);
        await Until.TrueAsync(() => republic.Collector.Sent("/v1/traces").Contains("chat canary-model", StringComparison.Ordinal));
        await Until.TrueAsync(() => republic.Collector.Sent("/v1/metrics").Contains("republic.hops", StringComparison.Ordinal));
        republic.MasterKey = Talkative.OtherMasterKey;
        await republic.RestartAsync();
        await WithTheWrongMasterKeyAsync(http);

        // Behind each place a word that is there, as proof that it is where things are said.
        (string Place, string Text, string Word)[] places =
        [
            ("the log", string.Join('\n', republic.Log), "failed on /v1"),
            ("an answer", answers.ToString(), "canary-model"),
            ("the traces", republic.Collector.Sent("/v1/traces"), "chat canary-model"),
            ("the exported metrics", republic.Collector.Sent("/v1/metrics"), "republic.hops"),
            ("the database", await republic.QueryAsync(DatabaseDump.OfAsync), "canary-model"),
        ];
        string[] all =
        [
            .. secrets,
            Faults.Key,
            Faults.Key[..14],
            StoredKey,
            Password,
            MetricsToken,
            Talkative.TheMasterKey,
            Talkative.OtherMasterKey,
        ];
        Assert.True(all.Length > 20);
        foreach (var (place, text, word) in places)
        {
            Assert.True(text.Contains(word, StringComparison.Ordinal), $"{word} is not in {place}.");
            foreach (var secret in all)
            {
                Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{secret} is in {place}: {Around(text, secret)}");
                Assert.DoesNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)), text);
            }

            Assert.DoesNotContain(Convert.ToHexStringLower(Convert.FromBase64String(Talkative.TheMasterKey)), text);
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => upstream.DisposeAsync();

    private static IEnumerable<Fault> OneOfEachKind => Faults.All.DistinctBy(fault => fault.Kind);

    private static string Around(string text, string secret)
    {
        var at = text.IndexOf(secret, StringComparison.Ordinal);
        return text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)];
    }

    /// <summary>Tokens of every kind. What hands one out is not among the answers that are searched.</summary>
    private async Task<List<string>> SignInAsync(HttpClient http)
    {
        var account = new
        {
            email = "vigdis@republic.example",
            password = Password,
            username = "Vigdis",
        };
        using var made = await http.PostAsJsonAsync("/api/account/register", account, Ct);
        made.EnsureSuccessStatusCode();
        person = (string)JsonNode.Parse(await made.Content.ReadAsStringAsync(Ct))!["id"]!;
        var pair = await PostAsync(http, "/api/account/login", account);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)pair["access_token"]!);
        var token = await PostAsync(http, "/api/account/tokens", new { name = "t" });
        return [(string)pair["access_token"]!, (string)pair["refresh_token"]!, (string)token["token"]!];
    }

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, object body)
    {
        using var response = await http.PostAsJsonAsync(path, body, Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>A minion of its own for each fault, asked on /v1, tried by its form, and its models listed.</summary>
    /// <returns>Its key.</returns>
    private async Task<string> AskAsync(HttpClient http, Fault fault, bool streamed)
    {
        var minion = new JsonObject
        {
            ["name"] = $"m{Guid.CreateVersion7():N}",
            ["provider"] = "custom",
            ["model_id"] = "canary-model",
            ["base_url"] = upstream.BaseUrl.AbsoluteUri,
            ["api_key"] = Faults.Key,
        };
        upstream.Script = fault.On(Wire.Of("openai"));
        var made = await PostAsync(http, "/api/minions", minion);
        var key = (string)made["republic_key"]!;
        lastMinion = (string)made["minion_id"]!;
        var body = new { stream = streamed, messages = new[] { new { role = "user", content = "Hi" } } };
        await SayAsync(http, HttpMethod.Post, "/v1/chat/completions", JsonContent.Create(body), key);
        await SayAsync(http, HttpMethod.Post, $"/api/minions/{lastMinion}/test");
        await SayAsync(http, HttpMethod.Get, $"/api/minions/{lastMinion}");
        return key;
    }

    /// <summary>A provider that quotes the key, which lies under the person and not under the minion.</summary>
    private async Task<string> AskWithAStoredKeyAsync(HttpClient http)
    {
        upstream.Script = call =>
            call.JsonAsync($$$"""{"error":{"message":"Incorrect API key provided: {{{StoredKey}}}."}}""", "401 Unauthorized");
        var keys = $"/api/users/{person}/providers";
        var key = new
        {
            provider = "custom",
            base_url = upstream.BaseUrl.AbsoluteUri,
            api_key = StoredKey,
        };
        await SayAsync(http, HttpMethod.Post, keys, JsonContent.Create(key));
        await SayAsync(http, HttpMethod.Post, $"{keys}/custom/test");
        await SayAsync(http, HttpMethod.Get, keys);
        var minion = new
        {
            name = "borrower",
            provider = "custom",
            model_id = "canary-model",
            base_url = upstream.BaseUrl.AbsoluteUri,
        };
        var made = await PostAsync(http, "/api/minions", minion);
        await SayAsync(
            http,
            HttpMethod.Post,
            "/v1/chat/completions",
            new StringContent(OutsideClient.Hi, Encoding.UTF8, "application/json"),
            (string)made["republic_key"]!
        );
        Assert.Contains(upstream.Requests, request => request.Contains($"Bearer {StoredKey}", StringComparison.Ordinal));
        return (string)made["republic_key"]!;
    }

    /// <summary>Secrets in places where they do not belong, and such as are not known.</summary>
    private async Task MisuseAsync(HttpClient http, List<string> secrets)
    {
        foreach (var address in new[] { "http://169.254.169.254/v1", "file:///etc/passwd", "http://[", "https://10.0.0.1/v1" })
        {
            await SayAsync(
                http,
                HttpMethod.Post,
                "/api/minions",
                JsonContent.Create(
                    new
                    {
                        name = "lost",
                        provider = "custom",
                        model_id = "canary-model",
                        base_url = address,
                        api_key = Faults.Key,
                    }
                )
            );
        }

        foreach (var broken in new[] { $$"""{"api_key":"{{Faults.Key}}" "name":"x"}""", $$"""{"api_key":["{{Faults.Key}}"]}""" })
        {
            await SayAsync(http, HttpMethod.Post, "/api/minions", new StringContent(broken, Encoding.UTF8, "application/json"));
        }

        var wrong = new { email = "vigdis@republic.example", password = Password + "!" };
        await SayAsync(http, HttpMethod.Post, "/api/account/login", JsonContent.Create(wrong));
        await SayAsync(http, HttpMethod.Post, "/api/account/refresh", JsonContent.Create(new { refresh_token = secrets[1] + "x" }));
        foreach (var secret in secrets.Append(MetricsToken).Select(secret => secret + "x").ToList())
        {
            await SayAsync(http, HttpMethod.Get, "/v1/models", key: secret);
            await SayAsync(http, HttpMethod.Get, "/api/minions", key: secret);
            await SayAsync(http, HttpMethod.Get, "/metrics", key: secret);
        }
    }

    private async Task ReadAllAsync(HttpClient http)
    {
        foreach (
            var path in new[] { "/api/minions", "/api/account", "/api/account/tokens", "/models", "/account/tokens", "/openapi/v1.json" }
        )
        {
            await SayAsync(http, HttpMethod.Get, path);
        }

        var metrics = await SayAsync(http, HttpMethod.Get, "/metrics", key: MetricsToken);
        Assert.Contains("republic_hops_total", metrics);
    }

    private async Task WithTheWrongMasterKeyAsync(HttpClient http)
    {
        using var client = new HttpClient { BaseAddress = republic.Address };
        var login = new { email = "vigdis@republic.example", password = Password };
        var pair = await PostAsync(client, "/api/account/login", login);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)pair["access_token"]!);
        Assert.Contains("master key", await SayAsync(http, HttpMethod.Post, $"/api/minions/{lastMinion}/test"));
    }

    private async Task<string> SayAsync(HttpClient http, HttpMethod method, string path, HttpContent? content = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        using var response = await http.SendAsync(request, Ct);
        var said = $"{method} {path} {(int)response.StatusCode}\n{response.Headers}\n{await response.Content.ReadAsStringAsync(Ct)}";
        answers.AppendLine(said);
        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
        return said[(said.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
    }

    public sealed class Talkative(TestDatabases databases) : EmptyRepublic(databases)
    {
        public const string TheMasterKey = "S8mV0f3lqk1uY5d7hX2bR9wTzN4cJ6pAeGgLoQiKsDU=";
        public const string OtherMasterKey = "pQ7xH2vN9sD4kW1yB6mZ3tR8cF5gJ0aLeUuIoEqXwYs=";

        public Collector Collector { get; } = new();

        public string MasterKey { get; set; } = TheMasterKey;

        protected override IEnumerable<(string Key, string Value)> Settings =>
            [
                ("API_KEY_ENCRYPTION_KEY", MasterKey),
                ("Metrics:Token", MetricsToken),
                ("Logging:LogLevel:Default", "Trace"),
                ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"),
                ("Logging:LogLevel:Microsoft.EntityFrameworkCore", "Trace"),
                ("Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command", "Trace"),
                ("Logging:LogLevel:System.Net.Http.HttpClient", "Trace"),
                ("Logging:LogLevel:Quartz", "Information"),
                ("Accounts:FailuresPerMinuteAndAddress", "10000"),
                ("Providers:Limits:FirstByte", "00:00:01"),
                ("Providers:Limits:WholeAnswer", "00:00:01"),
                ("Providers:Limits:Idle", "00:00:01"),
                ("Providers:Limits:Total", "00:00:02"),
                ("Providers:Limits:MaxBodyBytes", "1048576"),
                ("Providers:Limits:MaxLineBytes", "65536"),
                ("Providers:Routing:Rounds", "1"),
                .. Collector.Settings,
            ];

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Collector.DisposeAsync();
        }
    }
}
