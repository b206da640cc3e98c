using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Episodes.Playing;
using Republic.Core.Jobs;
using Republic.Tests.Unit.Episodes;
using Republic.Tests.World;
using static Republic.Tests.World.PlayedEpisode;

namespace Republic.Tests.Integration.Episodes;

/// <summary>What people and minions may put into an episode, and what becomes of what nobody waits for any more.</summary>
public sealed class EpisodeInputTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Counted = """
        republic: scenario/1
        name: Counted
        roles: {a: {}}
        facts: {n: {value: 1}}
        states:
          begin: {type: start, next: [{to: talk}]}
          talk: {type: action, roles: [a], prompts: [Talk.], next: [{to: two, when: facts.n / 4 == 2}, {to: other, else: true}]}
          two: {type: end, result: success}
          other: {type: end, result: failure}
        """;

    private const string Directed = """
        republic: scenario/1
        name: Directed
        roles: {writer: {}, head: {director: true}}
        states:
          begin: {type: start, next: [{to: draft}]}
          draft: {type: action, roles: [writer], prompts: [Write it.], next: [{to: good, ask: Is it good?}, {to: poor, else: true}]}
          good: {type: end, result: success}
          poor: {type: end, result: failure}
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Inhabitant Mira => republic.Mira;

    [Fact]
    public async Task A_number_from_outside_decides_the_same_in_the_episode_its_forks_and_its_replays()
    {
        var episode = await MakeAsync(Mira, Counted, new { a = Mira.Id });
        await episode.DoAsync("start");
        foreach (var bad in new[] { "\"\\ud800\"", "1e400000", "[[1]]", "{}", "null" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, await InjectedAsync(episode, bad));
        }

        Assert.Equal(HttpStatusCode.OK, await InjectedAsync(episode, "1e1"));
        var end = await episode.DoAsync("act", new { role = "a", text = "Ten." });
        Assert.Equal(("COMPLETED", "success"), ((string?)end["status"], (string?)end["result"]));
        Assert.Equal("10", end["messages"]![0]!["value"]!.ToJsonString());

        var step = (long)end["steps"]![0]!["seq"]!;
        var fork = await episode.ForkAsync(new { at_seq = step, text = "Ten again." });
        Assert.Equal("success", (string?)(await episode.ReadAsync(fork))["result"]);
        await Mira.Api.PutAsync(episode.Path, new { seen_through = true });
        foreach (var timeline in new[] { null, fork })
        {
            Assert.Empty((await episode.ReplayAsync(timeline))["differences"]!.AsArray());
        }
    }

    [Fact]
    public async Task The_step_that_ended_an_episode_is_forked_with_something_else_in_its_place()
    {
        var episode = await MakeAsync(Mira, Counted, new { a = Mira.Id });
        await episode.DoAsync("start");
        var step = (long)(await episode.DoAsync("act", new { role = "a", text = "One." }))["steps"]![0]!["seq"]!;

        var plain = await Mira.Api.ProblemAsync(400, HttpMethod.Post, $"{episode.Path}/fork", new { at_seq = step });
        Assert.Contains("That step ended it", (string?)plain["errors"]!["at_seq"]![0], StringComparison.Ordinal);
        var blank = await Mira.Api.ProblemAsync(400, HttpMethod.Post, $"{episode.Path}/fork", new { at_seq = step, text = "   " });
        Assert.NotNull(blank["errors"]!["text"]);
        await episode.ForkAsync(new { at_seq = step, to = "two" });
    }

    [Fact]
    public async Task A_person_rates_their_step_on_the_page_too()
    {
        var episode = await MakeAsync(Mira, EpisodeScenarios.Rated, new { writer = Mira.Id });
        Assert.True((bool)(await episode.DoAsync("start"))["wants_score"]!);
        foreach (var score in new double?[] { null, -5, 1e308 })
        {
            var act = new
            {
                role = "writer",
                text = "I wrote it.",
                score,
            };
            var refused = await Mira.Api.ProblemAsync(400, HttpMethod.Post, $"{episode.Path}/act", act);
            Assert.NotNull(refused["errors"]!["score"]);
        }

        var (hers, page) = (await Mira.BrowserAsync(), $"/episodes/{episode.Id}");
        var html = await SentAsync(hers, page, "good", HttpStatusCode.BadRequest);
        Assert.Contains("The score is a number from 0", html, StringComparison.Ordinal);
        Assert.Contains("value=\"good\"", html, StringComparison.Ordinal);
        Assert.Contains("I wrote it.", html, StringComparison.Ordinal);
        await SentAsync(hers, page, "0,7", HttpStatusCode.Redirect);
        var end = await episode.ReadAsync();
        Assert.Equal(("success", 0.7), ((string?)end["result"], (double?)end["steps"]![0]!["score"]));
    }

    [Fact]
    public async Task An_answer_of_which_nobody_sees_anything_fails_its_step()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("\\u200B", "\\u2060");
        var minion = await Mira.NewMinionAsync($"mute-{Guid.CreateVersion7():N}", vendor);
        var episode = await MakeAsync(Mira, Counted, new { a = minion.Id });
        await episode.DoAsync("start");

        var stuck = await episode.RestAsync();

        Assert.Equal(("stuck", "FAILED"), ((string?)stuck["wait"], (string?)stuck["steps"]![0]!["status"]));
        Assert.Contains("ended the answer without a word", (string?)stuck["why"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_act_that_is_sent_twice_is_not_taken_for_the_next()
    {
        var episode = await PlayedEpisode.AloneAsync(Mira, "Said once.");
        var seq = (long)(await episode.ReadAsync())["steps"]!.AsArray()[^1]!["seq"]!;
        var act = new
        {
            role = "actor",
            text = "Said again.",
            seq,
        };
        await episode.DoAsync("act", act);

        var late = await Mira.Api.ProblemAsync(409, HttpMethod.Post, $"{episode.Path}/act", act);

        Assert.Equal(("person", "actor"), ((string?)late["wait"], (string?)late["waiting_for"]![0]));
        Assert.Equal(["actor: Said once.", "actor: Said again."], PlayedEpisode.Said(await episode.ReadAsync()));
        await Mira.Api.ProblemAsync(400, HttpMethod.Get, $"{PlayedEpisode.All}?status=RUNNING,COMPLETED");
        await Mira.Api.ProblemAsync(400, HttpMethod.Get, $"{PlayedEpisode.All}?status=0");
    }

    [Fact]
    public async Task Players_are_told_where_whoever_began_it_is_away()
    {
        var owner = await republic.NewPersonAsync("Away");
        await (await SharedTask.MakeAsync(owner)).AcceptedByAsync(Mira);
        var episode = await PlayedEpisode.MakeAsync(owner, EpisodeScenarios.Rated, new { writer = Mira.Id });
        await episode.DoAsync("start");
        var now = TimeProvider.System.GetUtcNow();
        await republic.QueryAsync(db =>
            db.Users.Where(p => p.Id == owner.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.DeactivatedAt, now))
        );

        var theirs = await new PlayedEpisode(Mira, episode.Id).ReadAsync();
        Assert.Contains("has no active account", (string?)theirs["why"], StringComparison.Ordinal);
        var page = await (await Mira.BrowserAsync()).ReadAsync($"/episodes/{episode.Id}");
        Assert.Contains("has no active account", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_is_gone_is_not_waited_for()
    {
        var person = await republic.NewPersonAsync("Leaver");
        await (await SharedTask.MakeAsync(Mira)).AcceptedByAsync(person);
        var episode = await MakeAsync(Mira, Counted, new { a = person.Id });
        await episode.DoAsync("start");
        var sweep = (EpisodeSweep)republic.Services.GetService(typeof(EpisodeSweep))!;
        await sweep.SweepAsync(Ct);
        Assert.Equal("person", (string?)(await episode.ReadAsync())["wait"]);

        await republic.QueryAsync(db =>
            db.Users.Where(p => p.Id == person.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.DeactivatedAt, DateTimeOffset.UnixEpoch), Ct)
        );
        await sweep.SweepAsync(Ct);

        var stuck = await episode.ReadAsync();
        Assert.Equal(("stuck", "gone"), ((string?)stuck["wait"], await LastKindAsync(episode)));
        Assert.Contains("is gone. Give the role to somebody else.", (string?)stuck["why"], StringComparison.Ordinal);
        var swapped = await episode.DoAsync("swap", new { role = "a", citizen_id = Mira.Id });
        Assert.Equal("person", (string?)swapped["wait"]);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("delete")]
    public async Task A_call_that_hangs_ends_once_nobody_waits_for_its_answer(string how)
    {
        await using var vendor = new FakeVendor();
        vendor.AnswersAndHangs("I wrote it.");
        var minion = await Mira.NewMinionAsync($"slow-{Guid.CreateVersion7():N}", vendor);
        // The score hangs in one, the director in the other.
        var episode =
            how == "stop"
                ? await MakeAsync(Mira, EpisodeScenarios.Rated, new { writer = minion.Id })
                : await MakeAsync(Mira, Directed, new { writer = minion.Id, head = minion.Id });
        var timeline = Guid.Parse((string)(await episode.DoAsync("start"))["timeline_id"]!);
        await Until.TrueAsync(() => Keys(vendor).Count == 2);

        if (how == "stop")
        {
            await episode.DoAsync("stop");
        }
        else
        {
            await Mira.Api.DeleteAsync(episode.Path);
        }

        await Until.TrueAsync(
            async () =>
                !await republic.QueryAsync(db =>
                    db.Jobs.AnyAsync(j => j.Subject == timeline && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running))
                ),
            TimeSpan.FromSeconds(15)
        );
    }

    /// <param name="value">JSON of a fact.</param>
    private async Task<HttpStatusCode> InjectedAsync(PlayedEpisode episode, string value)
    {
        using var body = new StringContent($$"""{"fact":"n","value":{{value}},"audience":"all"}""", Encoding.UTF8, "application/json");
        using var answer = await Mira.Api.Http.PostAsync($"{episode.Path}/inject", body, Ct);
        return answer.StatusCode;
    }

    private async Task<string?> LastKindAsync(PlayedEpisode episode) =>
        (string?)(await Mira.Api.GetAsync($"{episode.Path}/journal"))["entries"]!.AsArray()[^1]!["kind"];

    private static async Task<string> SentAsync(Visitor browser, string page, string score, HttpStatusCode status)
    {
        var fields = new Dictionary<string, string> { ["Input.Act.Text"] = "I wrote it.", ["Input.Act.Score"] = score };
        using var answer = await browser.SubmitAsync(page, fields, "handler=Act");
        Assert.Equal(status, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Ct);
    }
}
