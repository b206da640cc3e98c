using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Republic.Web.Cli;

/// <summary>
/// The demo's scenario, a code review, and two episodes of it: one that was played to its end, and one in which it is the person's turn. The
/// built-in model is too small to say anything apt in a role, so the person plays both, with words that are written here.
/// </summary>
internal static class DemoEpisodes
{
    private const string Yaml = "demo-review.yaml";
    private const string Name = "Code review";
    private const int Version = 1;

    private static readonly Act Explained = new(
        "developer",
        "Settings are read in one method now, and no longer in three. It opens the file, reads it line by line and closes it."
    );

    private static readonly Act[] Review =
    [
        Explained,
        new(
            "reviewer",
            "Line 12 leaks a handle: where a line cannot be read, the method throws before it closes the file. Close it in any case.",
            "changes"
        ),
        new("developer", "Line 12 has a using now. A new test reads a broken file and deletes it afterwards, which needs it closed."),
        new("reviewer", "The file is closed in any case, and the test fails without the using. Approved.", "approve"),
    ];

    public static async Task RunAsync(DemoClient api)
    {
        var me = (await api.GetAsync("/api/account/me"))["id"]!.GetValue<Guid>();
        var scenario = await ScenarioAsync(api);
        var played = await PlayAsync(api, scenario, me, Review);
        await ReplayAsync(api, played);
        if (!await HasTurnAsync(api, scenario))
        {
            await PlayAsync(api, scenario, me, [Explained]);
        }

        Console.WriteLine("In another episode of it, it is your turn, as the reviewer.");
        Console.WriteLine();
    }

    /// <summary>The scenario as it comes with the demo, whatever became of it since: what was changed there stays.</summary>
    private static async Task<Guid> ScenarioAsync(DemoClient api)
    {
        using var reader = new StreamReader(
            typeof(DemoEpisodes).Assembly.GetManifestResourceStream(Yaml)
                ?? throw new InvalidOperationException($"The resource {Yaml} is missing.")
        );
        var yaml = await reader.ReadToEndAsync();
        var known = (await api.GetAsync($"/api/scenarios?limit=200&q={Uri.EscapeDataString(Name)}"))["scenarios"]!.AsArray();
        foreach (var id in known.Where(one => one!["version"] is not null).Select(one => one!["id"]!.GetValue<Guid>()))
        {
            if ((await api.GetAsync($"/api/scenarios/{id}/versions/{Version}"))["version"]!["yaml"]!.GetValue<string>() == yaml)
            {
                return id;
            }
        }

        using var body = new StringContent(yaml, new MediaTypeHeaderValue("application/yaml"));
        var made = (await api.SendAsync("/api/scenarios/yaml", body))["scenario"]!["id"]!.GetValue<Guid>();
        await api.PostAsync($"/api/scenarios/{made}/publish", new { });
        return made;
    }

    /// <returns>The episode after the last of the acts.</returns>
    private static async Task<JsonNode> PlayAsync(DemoClient api, Guid scenario, Guid me, Act[] acts)
    {
        var wanted = new
        {
            scenario_id = scenario,
            version = Version,
            cast = new { developer = me, reviewer = me },
        };
        var episode = (await api.PostAsync("/api/episodes", wanted))["episode"]!;
        var path = $"/api/episodes/{episode["id"]}";
        await api.PostAsync($"{path}/start", new { });
        foreach (var (role, text, outcome) in acts)
        {
            var act = new
            {
                role,
                text,
                outcome,
            };
            episode = (await api.PostAsync($"{path}/act", act))["episode"]!;
        }

        return episode;
    }

    /// <summary>Computes the episode again. Whoever plays in it reads its journal only after they looked behind the roles.</summary>
    private static async Task ReplayAsync(DemoClient api, JsonNode episode)
    {
        var path = $"/api/episodes/{episode["id"]}";
        var seen = (await api.PutAsync(path, new { seen_through = true }))["episode"]!;
        var replay = await api.PostAsync($"{path}/replay", new { });
        if (!JsonNode.DeepEquals(replay["transcript_sha256"], seen["transcript_sha256"]) || replay["differences"]!.AsArray().Count > 0)
        {
            throw new InvalidOperationException($"The replay of {path} is not what was played.");
        }

        Console.WriteLine(
            $"{Name} was played to its end: {seen["result"]}. Replayed from {replay["entries"]} entries of its journal, it is the same."
        );
    }

    private static async Task<bool> HasTurnAsync(DemoClient api, Guid scenario) =>
        (await api.GetAsync($"/api/episodes?scenario_id={scenario}&status=RUNNING&limit=200"))["episodes"]!
            .AsArray()
            .Any(one => one!["waits_for_me"]!.GetValue<bool>());

    private sealed record Act(string Role, string Text, string? Outcome = null);
}
