using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>Runs with collections, as the API takes them.</summary>
public static class KnowledgeRuns
{
    /// <summary>A document's only passage.</summary>
    public const string Guide = "How is the boiler reset?\n\nHold the brass button for ten seconds until the lamp turns green.";

    /// <summary>As little as a run can do, and promoted whatever it comes to.</summary>
    public static JsonObject Quick() =>
        new()
        {
            ["lora"] = new JsonObject
            {
                ["rank"] = 4,
                ["epochs"] = 1,
                ["replay"] = 0,
            },
            ["model"] = new JsonObject { ["temperature"] = 0, ["maxTokens"] = 8 },
            ["repeats"] = 1,
            ["promote"] = "always",
        };

    public static JsonObject Order(
        Guid minion,
        string type,
        IEnumerable<Guid> datasets,
        IEnumerable<Guid> collections,
        JsonObject? config = null
    ) =>
        new()
        {
            ["job_name"] = "A run",
            ["minion_id"] = minion,
            ["training_type"] = type,
            ["dataset_ids"] = new JsonArray([.. datasets.Select(id => JsonValue.Create(id))]),
            ["collection_ids"] = new JsonArray([.. collections.Select(id => JsonValue.Create(id))]),
            ["config"] = config,
        };
}
