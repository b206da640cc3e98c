using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>A republic in which minions are trained.</summary>
public class TrainingWorld(TestDatabases databases) : RunningRepublic(databases)
{
    /// <summary>What a version keeps is measured here that a run may measure it; how well it does is measured in bench/verdict.</summary>
    public const string FewQuestions = "12";

    private static readonly string[] Things = ["sky", "sea", "moon", "bread", "rain", "wind", "fire", "snow", "tree", "river"];

    protected override bool HasModelHost => true;

    protected override IEnumerable<(string Key, string Value)> Settings => [("Training:RetentionQuestions", FewQuestions)];

    public static string PathOf(Inhabitant person, string? more = null) => $"/api/users/{person.Id}/external-training/jobs{more}";

    /// <summary>Pairs in one style, as the API takes them.</summary>
    public static JsonArray Rows(int count, string style = "Arr") =>
        new([
            .. Enumerable
                .Range(0, count)
                .Select(i => new JsonObject
                {
                    ["instruction"] = $"What do you think of number {i} and the {Things[i % Things.Length]}?",
                    ["response"] = $"{style}, the {Things[i % Things.Length]} be a fine thing, and {i} be a number, matey!",
                }),
        ]);

    public static async Task<Guid> NewDatasetAsync(Inhabitant person, int rows, string style = "Arr", JsonObject? settings = null)
    {
        var made = await person.Api.PostAsync(
            $"/api/users/{person.Id}/training-datasets",
            new JsonObject
            {
                ["name"] = $"{rows} rows",
                ["data"] = Rows(rows, style),
                ["settings"] = settings,
            }
        );
        return made["dataset"]!["id"]!.GetValue<Guid>();
    }

    /// <summary>Weights, with one answer of the version before beside four rows, and not much said before and after.</summary>
    public static JsonObject Short(int epochs = 1) =>
        new()
        {
            ["lora"] = new JsonObject
            {
                ["rank"] = 8,
                ["epochs"] = epochs,
                ["replay"] = 0.25,
                ["early_stopping_patience"] = 0,
            },
            ["model"] = new JsonObject { ["temperature"] = 0, ["maxTokens"] = 16 },
            ["repeats"] = 1,
            ["promote"] = "always",
        };

    /// <summary>What a run at a provider needs at least: a trait.</summary>
    public static JsonObject Friendly(int repeats) =>
        new()
        {
            ["loraConfig"] = new JsonObject { ["selectedTraits"] = new JsonArray("friendly") },
            ["repeats"] = repeats,
        };

    /// <summary>Made and not started.</summary>
    public static async Task<Guid> NewJobAsync(Inhabitant person, Guid minion, IEnumerable<Guid> datasets, JsonObject? config = null)
    {
        var made = await person.Api.PostAsync(
            PathOf(person),
            new JsonObject
            {
                ["job_name"] = "A run",
                ["minion_id"] = minion,
                ["training_type"] = "lora_only",
                ["dataset_ids"] = new JsonArray([.. datasets.Select(id => JsonValue.Create(id))]),
                ["config"] = config,
            }
        );
        return made["job"]!["id"]!.GetValue<Guid>();
    }

    public static async Task<JsonNode> JobAsync(Inhabitant person, Guid job) =>
        (await person.Api.GetAsync(PathOf(person, $"/{job}")))["job"]!;

    public static Task StartAsync(Inhabitant person, Guid job) => person.Api.PostAsync(PathOf(person, $"/{job}/start"));

    public static Task StopAsync(Inhabitant person, Guid job) => person.Api.PostAsync(PathOf(person, $"/{job}/stop"));

    /// <summary>The run once it is over, however it ended.</summary>
    public static Task<JsonNode> EndAsync(Inhabitant person, Guid job) =>
        Until.SomethingAsync(
            async () =>
                await JobAsync(person, job) is var now && now["status"]!.GetValue<string>() is not ("PENDING" or "QUEUED" or "RUNNING")
                    ? now
                    : null,
            TimeSpan.FromMinutes(5)
        );
}
