using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Republic.Bench.Rows;

namespace Republic.Bench.Nodes;

/// <summary>Somebody who has minions trained, by the JSON API alone.</summary>
internal sealed class Person(Uri node) : IDisposable
{
    public const string SetupToken = "the-bench-makes-the-first-account";

    private static readonly object Account = new
    {
        email = "verdict@republic.example",
        password = "a long password of a bench",
        username = "verdict",
        setup_token = SetupToken,
    };

    private readonly HttpClient http = new() { BaseAddress = node, Timeout = TimeSpan.FromMinutes(2) };
    private string id = "";

    public async Task ArriveAsync()
    {
        using var registered = await http.PostAsJsonAsync("/api/account/register", Account);
        await SignInAsync();
        id = (await SendAsync(HttpMethod.Get, "/api/account/me"))["id"]!.GetValue<string>();
    }

    /// <summary>A token lasts an hour, a campaign longer: this gets a new one.</summary>
    public async Task SignInAsync()
    {
        var pair = await SendAsync(HttpMethod.Post, "/api/account/login", JsonContent.Create(Account));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", pair["access_token"]!.GetValue<string>());
    }

    public async Task<JsonNode> MinionAsync(string name) =>
        (
            await SendAsync(
                HttpMethod.Post,
                "/api/minions",
                JsonContent.Create(
                    new
                    {
                        name,
                        display_name = "Bosun",
                        provider = "local",
                        model_id = "sprout",
                    }
                )
            )
        )["minion"]!;

    public async Task<string> DatasetAsync(string name, RowSet rows)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(name), "name" },
            { new StringContent("jsonl"), "dataset_type" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(RowSet.Json(rows.Dataset))), "file", "rows.jsonl" },
        };
        return (await SendAsync(HttpMethod.Post, $"/api/users/{id}/training-datasets", form))["dataset"]!["id"]!.GetValue<string>();
    }

    /// <summary>A run from its making to its report.</summary>
    /// <param name="config">Below <c>config</c>, as the API has it.</param>
    public async Task<JsonNode> RunAsync(string name, string minion, string dataset, JsonNode config)
    {
        var jobs = $"/api/users/{id}/external-training/jobs";
        var order = new JsonObject
        {
            ["job_name"] = name,
            ["minion_id"] = minion,
            ["training_type"] = "lora_only",
            ["dataset_ids"] = new JsonArray(dataset),
            ["config"] = config,
        };
        var job = (await SendAsync(HttpMethod.Post, jobs, JsonContent.Create(order)))["job"]!["id"]!.GetValue<string>();
        await SendAsync(HttpMethod.Post, $"{jobs}/{job}/start");
        while (true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300));
            var now = (await SendAsync(HttpMethod.Get, $"{jobs}/{job}"))["job"]!;
            switch (now["status"]!.GetValue<string>())
            {
                case "COMPLETED":
                    return now;
                case "FAILED" or "STOPPED" or "PAUSED":
                    throw new InvalidOperationException($"{name} did not end: {now["error_message"]}");
            }
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text.Length > 0 ? text : "null")!
            : throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {text}");
    }
}
