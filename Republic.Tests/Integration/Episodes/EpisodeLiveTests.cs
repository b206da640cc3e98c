using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Episodes.Control;
using Republic.Core.Episodes.Reading;
using Republic.Core.Events;
using Republic.Tests.Unit.Training;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Episodes;

/// <summary>What an episode tells to pages that are open, and whom.</summary>
public sealed class EpisodeLiveTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Yaml = """
        republic: scenario/1
        name: Relay
        roles: {first_runner: {}, second_runner: {}, judge: {}}
        states:
          begin: {type: start, next: [{to: act}]}
          act: {type: action, roles: [first_runner, second_runner, judge], prompts: [canary of the prompt], turn: order, next: [{to: over}]}
          over: {type: end}
        """;

    [Fact]
    public async Task Steps_after_which_minions_go_on_do_not_have_pages_ask_what_waits()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("canary of the step");
        var person = await republic.NewPersonAsync("Watches");
        var minion = await person.NewMinionAsync("relay", vendor);
        var cast = new
        {
            first_runner = minion.Id,
            second_runner = minion.Id,
            judge = person.Id,
        };
        var episode = await PlayedEpisode.MakeAsync(person, Yaml, cast);
        using var stream = await EventStream.OpenAsync((await person.BrowserAsync()).Http, "/live");

        await episode.DoAsync("start");
        // It is started, and at last the person is waited for.
        List<JsonNode> told =
        [
            .. await ToldAsync(stream, episode, EpisodeChanges.Changed),
            .. await ToldAsync(stream, episode, EpisodeChanges.Changed),
        ];

        Assert.Equal("person", (string?)(await episode.ReadAsync())["wait"]);
        Assert.True(told.Count(one => (string?)one["name"] == EpisodeChanges.Working) >= 2);
        Assert.All(told, one => Assert.Null(one["data"]));
    }

    [Fact]
    public async Task That_a_turn_has_passed_is_told_to_the_one_whose_it_was_and_nobody_else()
    {
        var (owner, player) = (await republic.NewPersonAsync("Begins"), await republic.NewPersonAsync("Misses"));
        await (await SharedTask.MakeAsync(owner)).AcceptedByAsync(player);
        var cast = new
        {
            first_runner = player.Id,
            second_runner = owner.Id,
            judge = owner.Id,
        };
        var episode = await PlayedEpisode.MakeAsync(owner, Yaml, cast);
        await episode.DoAsync("start");
        var (theirs, others) = (await player.BrowserAsync(), await owner.BrowserAsync());
        using var stream = await EventStream.OpenAsync(theirs.Http, "/live");
        using var other = await EventStream.OpenAsync(others.Http, "/live");

        await episode.PassDeadlineAsync(republic);

        var missed = (await ToldAsync(stream, episode, EpisodeChanges.Missed))[^1];
        var heard = await ToldAsync(other, episode, EpisodeChanges.Changed);
        Assert.DoesNotContain(heard, one => (string?)one["name"] == EpisodeChanges.Missed);
        var page = $"/episodes/{episode.Id}/turn";
        var words = JsonNode.Parse(await theirs.ReadAsync($"{page}?handler=Missed&step={(string?)missed["data"]}"))!;
        Assert.Equal(
            ($"/episodes/{episode.Id}", "Relay", "Your turn as “First runner” has passed."),
            ((string?)words["path"], (string?)words["title"], (string?)words["text"])
        );
        Assert.DoesNotContain("canary", words.ToJsonString());
        using var refused = await others.GetAsync($"{page}?handler=Missed&step={(string?)missed["data"]}");
        // A step that was closed for another reason was not missed.
        await episode.DoAsync("resume");
        await episode.DoAsync("stop");
        var closed = (string?)(await episode.ReadAsync())["steps"]!.AsArray()[^1]!["id"];
        using var stopped = await theirs.GetAsync($"{page}?handler=Missed&step={closed}");
        using var now = await theirs.GetAsync(page);
        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NoContent),
            (refused.StatusCode, stopped.StatusCode, now.StatusCode)
        );
    }

    [Fact]
    public async Task Whoever_follows_a_timeline_is_woken_by_what_happens_in_it()
    {
        var person = await republic.NewPersonAsync("Follows");
        var cast = new
        {
            first_runner = person.Id,
            second_runner = person.Id,
            judge = person.Id,
        };
        var episode = await PlayedEpisode.MakeAsync(person, Yaml, cast);
        await episode.DoAsync("start");
        var timeline = Guid.Parse((string)(await episode.ReadAsync())["timeline_id"]!);
        // Its clock stands still, so that it never looks by itself.
        using var watch = new JournalWatch(
            new EpisodeEvents(),
            republic.Services.GetRequiredService<IDbContextFactory<RepublicDb>>(),
            republic.Services.GetRequiredService<LiveEvents>(),
            new SetClock(),
            person.Id,
            timeline
        );
        await Until.TrueAsync(() => watch.View.Snapshot is not null);

        var acted = await episode.DoAsync("act", new { role = "first_runner", text = "Gone." });

        await Until.TrueAsync(() => watch.View.Last == (long)acted["seq"]!);
    }

    /// <summary>What is told of an episode, up to and with an event of this name.</summary>
    private static async Task<List<JsonNode>> ToldAsync(EventStream stream, PlayedEpisode episode, string last)
    {
        List<JsonNode> told = [];
        while (told.Count == 0 || (string?)told[^1]["name"] != last)
        {
            var (_, name, data) = await stream.NextAsync() ?? throw new InvalidOperationException("The stream ended.");
            if (name == "changed" && (string?)data["subject"] == episode.Id)
            {
                told.Add(data);
            }
        }

        return told;
    }
}
