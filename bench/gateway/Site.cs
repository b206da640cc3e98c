using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Republic.Bench;

/// <summary>The app as its users run it: a release build with a database of its own, a person, and a minion with a key for each model.</summary>
internal sealed class Site
{
    /// <summary>A minion whose own model refuses every call, so that its fallback answers.</summary>
    public const string Away = "away";

    private const string Fallback = "words-16-0";
    private const string SetupToken = "the-bench-makes-the-first-account";

    private readonly Dictionary<string, string> keys = [];

    private Site(Server server) => Gateway = new Gateway("republic", server, model => keys[model]);

    public Gateway Gateway { get; }

    public static async Task<Site> StartAsync(string app, int port, string folder, Uri provider, string[] models)
    {
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["REPUBLIC_DATA"] = folder,
            ["Outbound__AllowedHosts__0"] = "127.0.0.1",
            // A provider that refuses is to be asked every time: what is measured is the switch, and not how it is avoided.
            ["Providers__Routing__FailuresToOpen"] = "1000000000",
            ["OpenAi__RequestsPerMinute"] = "0",
            ["OpenAi__StreamsPerPerson"] = "0",
            ["Accounts__SetupToken"] = SetupToken,
        };
        var server = await Server.StartAsync("dotnet", port, [app, "--urls", $"http://127.0.0.1:{port}"], settings);
        try
        {
            var site = new Site(server);
            await site.SettleAsync(server.Address, new Uri(provider, "/v1"), models);
            return site;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task SettleAsync(Uri address, Uri provider, string[] models)
    {
        using var http = new HttpClient { BaseAddress = address };
        var person = new
        {
            email = "bench@republic.example",
            password = "a long password for the bench",
            setup_token = SetupToken,
        };
        await PostAsync(http, "/api/account/register", person);
        var token = (string)(await PostAsync(http, "/api/account/login", person))["access_token"]!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var model in models)
        {
            var made = await PostAsync(
                http,
                "/api/minions",
                new
                {
                    name = model,
                    provider = "custom",
                    model_id = model,
                    base_url = provider,
                    api_key = "sk-bench-0123456789",
                    fallbacks = model == Away
                        ?
                        [
                            new
                            {
                                provider = "custom",
                                model_id = Fallback,
                                base_url = provider,
                            },
                        ]
                        : Array.Empty<object>(),
                }
            );
            // The limit is counted against, and never reached.
            var key = await PostAsync(http, $"/api/minions/{made["minion_id"]}/republic-key", new { daily_limit = 10_000_000 });
            keys[model] = (string)key["republic_key"]!;
        }
    }

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }
}
