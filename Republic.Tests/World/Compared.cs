using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>Comparisons of a person's minion, over the API.</summary>
public sealed class Compared(Inhabitant person, Guid minion)
{
    public const string Path = "/api/training/comparisons";

    public JsonObject Order(string? prompt, bool isBlind, params IEnumerable<int> versions) =>
        new()
        {
            ["prompt"] = prompt,
            ["is_blind"] = isBlind,
            ["candidates"] = new JsonArray([
                .. versions.Select(version => new JsonObject { ["minion_id"] = minion, ["version"] = version }),
            ]),
        };

    public async Task<Guid> MakeAsync(string prompt, bool isBlind, params IEnumerable<int> versions) =>
        (await person.Api.PostAsync(Path, Order(prompt, isBlind, versions)))["comparison"]!["id"]!.GetValue<Guid>();

    public async Task<JsonNode> ReadAsync(Guid id) => (await person.Api.GetAsync($"{Path}/{id}"))["comparison"]!;

    /// <summary>The comparison once nothing of it is under way.</summary>
    public Task<JsonNode> EndAsync(Guid id) =>
        Until.SomethingAsync(async () => await ReadAsync(id) is var now && !now["is_under_way"]!.GetValue<bool>() ? now : null);

    public async Task<JsonNode> VoteAsync(Guid id, JsonNode best) =>
        (await person.Api.PostAsync($"{Path}/{id}/vote", new JsonObject { ["best"] = best }))["comparison"]!;

    public Task<JsonNode> RetryAsync(Guid id, int position) => person.Api.PostAsync($"{Path}/{id}/answers/{position}/retry");

    public static string State(JsonNode comparison, int position) => comparison["answers"]![position]!["state"]!.GetValue<string>();

    public static string? Error(JsonNode comparison, int position) => comparison["answers"]![position]!["error"]?.GetValue<string>();
}
