using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Episodes;

/// <summary>What the end of an episode counts for those who acted in it.</summary>
public sealed class EpisodeCapabilityTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Yaml = """
        republic: scenario/1
        name: Letter
        roles: {writer: {}, reader: {}, chief: {}}
        states:
          begin: {type: start, next: [{to: draft}]}
          draft: {type: action, roles: [writer], prompts: [Write it.], audience: all, capability: writing, next: [{to: read}]}
          read: {type: action, roles: [reader], prompts: [Read it.], audience: all, capability: reading, next: [{to: revise}]}
          revise: {type: action, roles: [writer], prompts: [Once more.], audience: all, capability: revising, next: [{to: vote}]}
          vote:
            type: approval
            roles: [chief]
            prompts: [Is it good?]
            audience: all
            capability: judging
            next:
              - {to: good, when: 'outcome == "approve"'}
              - {to: poor, when: 'outcome == "reject"'}
              - {to: neither, else: true}
          good: {type: end, result: success}
          poor: {type: end, result: failure}
          neither: {type: end}
        """;

    private Inhabitant Mira => republic.Mira;

    [Fact]
    public async Task Success_counts_once_for_each_capability_of_all_who_acted_but_its_owner()
    {
        await using var vendor = new FakeVendor();
        var (episode, writer, reader) = await ReadAsync(vendor);

        var end = await VoteAsync(episode, "approve");

        var counted = await CountedAsync(Mira, writer);
        Assert.Equal([("revising", 1, 0), ("writing", 1, 0)], counted);
        Assert.Equal([("reading", 1, 0)], await CountedAsync(reader, reader.Id));
        Assert.DoesNotContain(await CountedAsync(Mira, Mira.Id), one => one.Name == "judging");
        var entry = (await ListAsync(Mira, writer))[0]!["task_history"]![0]!;
        Assert.Equal(
            ("success", "episode", episode.Id, 1, Mira.Id.ToString(), "Letter"),
            (
                (string?)entry["kind"],
                (string?)entry["source_type"],
                (string?)entry["source_id"],
                (int)entry["round"]!,
                (string?)entry["recorded_by"],
                (string?)entry["note"]
            )
        );
        var link = $"href=\"/episodes/{episode.Id}\"";
        Assert.Contains(link, await (await Mira.BrowserAsync()).ReadAsync($"/citizens/{writer}"));
        Assert.Contains(link, await (await reader.BrowserAsync()).ReadAsync($"/citizens/{reader.Id}"));

        // Whatever is forked and shown later: it ends at once, in failure.
        await episode.ForkAsync(
            new
            {
                at_seq = (long)end["steps"]!.AsArray()[^1]!["seq"]!,
                outcome = "reject",
                show = true,
            }
        );
        Assert.Equal("failure", (string?)(await episode.ReadAsync())["result"]);
        Assert.Equal(counted, await CountedAsync(Mira, writer));
        await Mira.Api.DeleteAsync(episode.Path);
        Assert.DoesNotContain(link, await (await Mira.BrowserAsync()).ReadAsync($"/citizens/{writer}"));
        Assert.Equal(counted, await CountedAsync(Mira, writer));
    }

    [Fact]
    public async Task Only_the_timeline_that_is_shown_counts_and_no_step_whose_words_are_somebody_else_s()
    {
        await using var vendor = new FakeVendor();
        var (episode, writer, _) = await ReadAsync(vendor);
        var waiting = await episode.ReadAsync();
        var first = (string)waiting["timeline_id"]!;
        var revised = waiting["steps"]!.AsArray().Last(step => (string?)step!["state"] == "revise")!;
        var fork = await episode.ForkAsync(new { at_seq = (long)revised["seq"]!, text = "In other words." });
        await VoteAsync(episode, "changes");
        Assert.Empty(await CountedAsync(Mira, writer));
        await episode.DoAsync("resume", timeline: fork);
        await Mira.Api.PutAsync($"{episode.Path}", new { timeline_id = fork });

        await VoteAsync(episode, "reject");

        Assert.NotEqual(first, (string?)(await episode.ReadAsync())["timeline_id"]);
        Assert.Equal([("writing", 0, 1)], await CountedAsync(Mira, writer));
    }

    [Fact]
    public async Task What_is_stopped_counts_nothing()
    {
        await using var vendor = new FakeVendor();
        var (episode, writer, reader) = await ReadAsync(vendor);

        await episode.DoAsync("stop");

        Assert.Empty(await CountedAsync(Mira, writer));
        Assert.Empty(await CountedAsync(reader, reader.Id));
    }

    /// <summary>An episode in which a minion has written, another person has read, and its owner is to vote.</summary>
    private async Task<(PlayedEpisode Episode, Guid Writer, Inhabitant Reader)> ReadAsync(FakeVendor vendor)
    {
        var reader = await republic.NewPersonAsync($"Reader{Guid.CreateVersion7():N}");
        await (await SharedTask.MakeAsync(Mira)).AcceptedByAsync(reader);
        var writer = (await Mira.NewMinionAsync($"writer-{Guid.CreateVersion7():N}", vendor)).Id;
        var cast = new
        {
            writer,
            reader = reader.Id,
            chief = Mira.Id,
        };
        var episode = await PlayedEpisode.MakeAsync(Mira, Yaml, cast);
        await episode.DoAsync("start");
        await episode.RestAsync();
        await new PlayedEpisode(reader, episode.Id).DoAsync("act", new { role = "reader", text = "I have read it." });
        Assert.Equal("chief", (string?)(await WaitingAsync(episode))["waiting_for"]![0]);
        return (episode, writer, reader);
    }

    private static Task<JsonNode> WaitingAsync(PlayedEpisode episode) =>
        Until.SomethingAsync(async () => await episode.ReadAsync() is var now && now["waiting_for"]!.AsArray().Count > 0 ? now : null);

    private static Task<JsonNode> VoteAsync(PlayedEpisode episode, string outcome) =>
        episode.DoAsync(
            "act",
            new
            {
                role = "chief",
                text = "So be it.",
                outcome,
            }
        );

    private static async Task<IReadOnlyList<(string? Name, int Successes, int Failures)>> CountedAsync(Inhabitant person, Guid citizen) =>
        [
            .. (await ListAsync(person, citizen))
                .Select(one => ((string?)one!["name"], (int)one["success_count"]!, (int)one["failure_count"]!))
                .Order(),
        ];

    private static async Task<JsonArray> ListAsync(Inhabitant person, Guid citizen) =>
        (await person.Api.GetAsync($"/api/citizens/{citizen}/capabilities"))["capabilities"]!.AsArray();
}
