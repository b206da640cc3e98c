using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Republic.Bench;

/// <summary>Somebody who makes runs.</summary>
internal sealed class Person(string name, Uri site, Uri provider) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = site, Timeout = TimeSpan.FromSeconds(60) };
    private Guid minion;

    public Guid Id { get; private set; }

    public const string SetupToken = "the-bench-makes-the-first-account";

    public string Token { get; private set; } = "";

    private object Account =>
        new
        {
            email = $"{name}@republic.example",
            password = $"a long password of {name}",
            username = name,
            setup_token = SetupToken,
        };

    public async Task ArriveAsync()
    {
        Id = (await PostAsync("/api/account/register", Account))["id"]!.GetValue<Guid>();
        Token = (await PostAsync("/api/account/login", Account))["access_token"]!.GetValue<string>();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        var made = await PostAsync(
            "/api/minions",
            new JsonObject
            {
                ["name"] = name,
                ["display_name"] = "Clerk",
                ["provider"] = "custom",
                ["model_id"] = "fake",
                ["base_url"] = $"{provider}v1",
                ["api_key"] = "sk-bench-0123456789",
            }
        );
        minion = made["minion_id"]!.GetValue<Guid>();
    }

    public async Task<Guid> MakeAsync()
    {
        var run = await PostAsync(
            $"/api/users/{Id}/external-training/jobs",
            new JsonObject
            {
                ["job_name"] = "A run",
                ["minion_id"] = minion,
                ["training_type"] = "lora_only",
                ["config"] = new JsonObject { ["loraConfig"] = new JsonObject { ["selectedTraits"] = new JsonArray("friendly") } },
            }
        );
        return run["job"]!["id"]!.GetValue<Guid>();
    }

    public Task StartAsync(Guid run) => PostAsync($"/api/users/{Id}/external-training/jobs/{run}/start", null);

    public Task StopAsync(Guid run) => PostAsync($"/api/users/{Id}/external-training/jobs/{run}/stop", null);

    public string EventsOf(Guid run) => $"/api/users/{Id}/external-training/jobs/{run}/events";

    /// <summary>The lines of a run's stream that name an event, as they come.</summary>
    public async IAsyncEnumerable<string> NamesAsync(Guid run)
    {
        using var answer = await http.GetAsync(EventsOf(run), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("event: "))
            {
                yield return line["event: ".Length..];
            }
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonNode> PostAsync(string path, object? body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }
}
