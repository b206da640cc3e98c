using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Episodes.Playing;
using Republic.Tests.Unit.Episodes;

namespace Republic.Tests.World;

/// <summary>An episode of one person, over the API.</summary>
internal sealed record PlayedEpisode(Inhabitant Owner, string Id)
{
    public const string All = "/api/episodes";

    public string Path => $"{All}/{Id}";

    /// <summary>An episode of a scenario that is written, published and cast, and not started.</summary>
    /// <param name="cast">Citizens by role.</param>
    public static async Task<PlayedEpisode> MakeAsync(Inhabitant owner, string yaml, object cast, object? config = null)
    {
        var scenario = WrittenScenario.Of(owner, await WrittenScenario.ImportAsync(owner, yaml));
        await scenario.PublishAsync();
        var made = await owner.Api.PostAsync(
            All,
            new
            {
                scenario_id = scenario.Id,
                cast,
                config,
            }
        );
        return new(owner, (string)made["episode"]!["id"]!);
    }

    /// <summary>A code review by two minions whose models a vendor stands for, or by one and another citizen.</summary>
    public static async Task<PlayedEpisode> ReviewAsync(Inhabitant owner, FakeVendor vendor, Guid? reviewer = null)
    {
        var developer = await owner.NewMinionAsync($"dev-{Guid.CreateVersion7():N}", vendor);
        reviewer ??= (await owner.NewMinionAsync($"rev-{Guid.CreateVersion7():N}", vendor)).Id;
        return await MakeAsync(owner, EpisodeScenarios.CodeReview, new { developer = developer.Id, reviewer });
    }

    /// <summary>One that the person plays alone, and in which they have acted once and are to act again.</summary>
    /// <param name="marker">Its name, its prompt, and what they said.</param>
    public static async Task<PlayedEpisode> AloneAsync(Inhabitant person, string marker)
    {
        var yaml = $$"""
            republic: scenario/1
            name: {{marker}}
            roles:
              actor: {}
            states:
              begin: {type: start, next: [{to: act}]}
              act: {type: action, roles: [actor], prompts: [{{marker}}], turn: order, rounds: 9, next: [{to: over}]}
              over: {type: end}
            """;
        var episode = await MakeAsync(person, yaml, new { actor = person.Id });
        await episode.DoAsync("start");
        await episode.DoAsync("act", new { role = "actor", text = marker });
        return episode;
    }

    public async Task<JsonNode> ReadAsync(string? timeline = null) => (await Owner.Api.GetAsync(In(Path, timeline)))["episode"]!;

    public async Task<JsonNode> DoAsync(string act, object? body = null, string? timeline = null) =>
        (await Owner.Api.PostAsync(In($"{Path}/{act}", timeline), body))["episode"]!;

    /// <summary>The episode once no minion acts any more.</summary>
    public Task<JsonNode> RestAsync(string? timeline = null) =>
        Until.SomethingAsync(async () =>
            await ReadAsync(timeline) is var now && ((string?)now["status"] != "RUNNING" || now["wait"] is not null) ? now : null
        );

    /// <summary>Lets the time of whoever is waited for pass, and has that found.</summary>
    public async Task PassDeadlineAsync(IRepublic republic)
    {
        var id = Guid.Parse(Id);
        await republic.QueryAsync(db =>
            db.Database.ExecuteSqlAsync(
                $$"""
                update timelines set until = now() - interval '1 minute', state = jsonb_set(state, '{until}', to_jsonb(now() - interval '1 minute'))
                where episode_id = {{id}}
                """
            )
        );

        var sweep = (EpisodeSweep)republic.Services.GetService(typeof(EpisodeSweep))!;
        await sweep.SweepAsync(TestContext.Current.CancellationToken);
    }

    public async Task<string> ForkAsync(object body, string? timeline = null) =>
        (string)(await Owner.Api.PostAsync(In($"{Path}/fork", timeline), body))["timeline_id"]!;

    public Task<JsonNode> ReplayAsync(string? timeline = null) => Owner.Api.PostAsync(In($"{Path}/replay", timeline));

    /// <summary>What was said, as “role: text”.</summary>
    public static IEnumerable<string> Said(JsonNode episode) =>
        episode["steps"]!
            .AsArray()
            .Where(step => (string?)step!["status"] == "COMPLETED")
            .Select(step => $"{(string?)step!["role"]}: {(string?)step["generated_text"]}");

    /// <summary>True for a call by which the reviewer of a code review is asked.</summary>
    public static bool IsReviewer(VendorRequest asked) => Prompt(asked).Contains("You play reviewer", StringComparison.OrdinalIgnoreCase);

    public static string Prompt(VendorRequest asked) => asked.Body!["messages"]!.ToJsonString();

    /// <summary>True for the call by which a learner is asked what to remember.</summary>
    public static bool IsInterview(VendorRequest asked) => Prompt(asked).Contains("worth remembering", StringComparison.Ordinal);

    /// <summary>The idempotency keys of the calls for its steps, in their order.</summary>
    public static IReadOnlyList<string?> Keys(FakeVendor vendor) =>
        [
            .. vendor
                .Requests.Where(asked => asked.Body is not null && !IsInterview(asked))
                .Select(asked => asked.Headers.GetValueOrDefault("Idempotency-Key")),
        ];

    private static string In(string path, string? timeline) => timeline is null ? path : $"{path}?timeline={timeline}";
}
