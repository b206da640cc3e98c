using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Republic.Bench;

/// <summary>Somebody who makes minions and runs, through whichever node answers.</summary>
internal sealed class Person(string name, IReadOnlyList<Node> nodes) : IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private Guid dataset;
    private Guid judge;
    private int made;

    public Guid Id { get; private set; }

    private object Account =>
        new
        {
            email = $"{name}@republic.example",
            password = $"a long password of {name}",
            username = name,
        };

    public async Task ArriveAsync()
    {
        Id = (await PostAsync("/api/account/register", Account))["id"]!.GetValue<Guid>();
        await SignInAsync();
        var rows = new JsonArray([
            .. Enumerable
                .Range(0, 20)
                .Select(i => new JsonObject
                {
                    ["instruction"] = $"What do you think of number {i} and the {(i % 2 == 0 ? "sea" : "moon")}?",
                    ["response"] = $"Arr, {i} be a fine number, and the {(i % 2 == 0 ? "sea" : "moon")} be wide, matey!",
                }),
        ]);
        var answer = await PostAsync($"/api/users/{Id}/training-datasets", new JsonObject { ["name"] = "Rows", ["data"] = rows });
        dataset = answer["dataset"]!["id"]!.GetValue<Guid>();
        judge = (await PostAnewAsync("/api/minions", () => Minion(lora: false)))["minion_id"]!.GetValue<Guid>();
    }

    /// <summary>A run of a new minion, made and started. When an answer is lost on the way, more may be made than are started.</summary>
    public async Task<string> BeginAsync(bool lora, int variant)
    {
        var minion = await PostAnewAsync("/api/minions", () => Minion(lora));
        var config = new JsonObject
        {
            ["loraConfig"] = new JsonObject
            {
                ["selectedTraits"] = new JsonArray("friendly"),
                ["traitIntensities"] = new JsonObject { ["friendly"] = 3 + variant },
            },
            ["lora"] = lora
                ? new JsonObject
                {
                    ["rank"] = 4,
                    // Training takes seconds, several checkpoints long.
                    ["epochs"] = 6 + (3 * variant),
                    ["dropout"] = 0.05,
                    ["replay"] = 0.5,
                }
                : [],
            ["model"] = lora ? new JsonObject { ["temperature"] = 0, ["maxTokens"] = 24 } : [],
            ["repeats"] = lora ? 1 : 1 + (variant % 2),
            ["judge_minion_id"] = judge,
            ["promote"] = "always",
        };
        var run = await PostAsync(
            $"/api/users/{Id}/external-training/jobs",
            new JsonObject
            {
                ["job_name"] = $"{(lora ? "lora" : "persona")} {variant}",
                ["minion_id"] = minion["minion_id"]!.GetValue<Guid>(),
                ["training_type"] = "lora_only",
                ["dataset_ids"] = new JsonArray(dataset),
                ["config"] = config,
            }
        );
        var job = run["job"]!["id"]!.GetValue<string>();
        await PostAsync($"/api/users/{Id}/external-training/jobs/{job}/start", null);
        return job;
    }

    /// <summary>Goes on with a run that has given up.</summary>
    public Task AgainAsync(Guid run) => PostAsync($"/api/users/{Id}/external-training/jobs/{run}/start", null);

    public void Dispose() => http.Dispose();

    private JsonObject Minion(bool lora) =>
        new()
        {
            ["name"] = $"{name}-{Interlocked.Increment(ref made)}-{Environment.TickCount64}",
            ["display_name"] = "Bosun",
            ["provider"] = lora ? "local" : "custom",
            ["model_id"] = lora ? "sprout" : "fake",
            ["base_url"] = lora ? null : $"http://127.0.0.1:{Plan.ProviderPort}/v1",
            ["api_key"] = lora ? null : "sk-chaos-0123456789",
        };

    private async Task SignInAsync()
    {
        var pair = await PostAsync("/api/account/login", Account);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", pair["access_token"]!.GetValue<string>());
    }

    private Task<JsonNode> PostAsync(string path, object? body) => PostAnewAsync(path, () => body);

    /// <summary>Tries either node until one has done it. A call that died over may be done all the same: what says so then is no failure.</summary>
    /// <param name="body">Made anew for each try.</param>
    private async Task<JsonNode> PostAnewAsync(string path, Func<object?> body)
    {
        var isLost = false;
        for (var tries = 0; ; tries++)
        {
            var node = nodes[tries % nodes.Count];
            if (node.IsThere)
            {
                try
                {
                    using var answer = await http.PostAsJsonAsync(new Uri(node.Address, path), body());
                    var text = await answer.Content.ReadAsStringAsync();
                    if (answer.IsSuccessStatusCode)
                    {
                        return JsonNode.Parse(text)!;
                    }

                    if (answer.StatusCode == HttpStatusCode.Unauthorized && !path.Contains("/account/"))
                    {
                        await SignInAsync();
                    }
                    else if (isLost && answer.StatusCode == HttpStatusCode.Conflict)
                    {
                        return new JsonObject();
                    }
                    else if ((int)answer.StatusCode is >= 400 and < 500)
                    {
                        throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
                    }
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
                {
                    isLost = true;
                }
            }

            await Task.Delay(100);
        }
    }
}
