using Republic.Tests.World;
using static Republic.Tests.World.PlayedEpisode;

namespace Republic.Tests.Integration.Episodes;

/// <summary>Timelines of an episode: forks, what comes from outside, replays.</summary>
public sealed class EpisodeForkTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private Inhabitant Mira => republic.Mira;

    [Fact]
    public async Task Forks_go_their_own_course_and_the_first_timeline_stays_as_it_is()
    {
        await using var vendor = new FakeVendor();
        vendor.StreamsTo(asked => IsReviewer(asked) ? "OUTCOME: approve\nFine by me." : "I closed the handle.");
        var episode = await ReviewAsync(Mira, vendor);
        await episode.DoAsync("start");
        var end = await episode.RestAsync();
        var (first, second) = ((long)end["steps"]![0]!["seq"]!, (long)end["steps"]![1]!["seq"]!);

        var plain = await episode.ForkAsync(new { at_seq = first });
        var forked = await episode.ReadAsync(plain);
        Assert.Equal(("paused", 1), ((string?)forked["wait"], forked["steps"]!.AsArray().Count));
        await episode.DoAsync("resume", timeline: plain);
        Assert.Equal("COMPLETED", (string?)(await episode.RestAsync(plain))["status"]);

        var worded = await episode.ForkAsync(
            new
            {
                at_seq = second,
                text = "Not like this.",
                outcome = "changes",
            }
        );
        Assert.Equal(["developer: I closed the handle.", "reviewer: Not like this."], Said(await episode.ReadAsync(worded)));
        var edge = await episode.ForkAsync(new { at_seq = second, to = "poor" });
        Assert.Equal("failure", (string?)(await episode.ReadAsync(edge))["result"]);
        var deep = await episode.ForkAsync(
            new
            {
                at_seq = second,
                inject = new { text = "It is late.", audience = "all" },
                show = true,
            },
            worded
        );
        Assert.Equal(deep, (string?)(await episode.ReadAsync())["timeline_id"]);

        var before = await episode.ReadAsync((string)end["timeline_id"]!);
        Assert.Equal(end["transcript_sha256"]!.ToJsonString(), before["transcript_sha256"]!.ToJsonString());
        foreach (var timeline in new[] { (string)end["timeline_id"]!, plain, worded, edge })
        {
            var replay = await episode.ReplayAsync(timeline);
            Assert.Equal((0, 0), ((int)replay["calls"]!, replay["differences"]!.AsArray().Count));
            Assert.Equal((string?)(await episode.ReadAsync(timeline))["transcript_sha256"], (string?)replay["transcript_sha256"]);
            Assert.Null(replay["broken_at"]);
        }

        var diff = await Mira.Api.GetAsync($"{episode.Path}/diff?from={end["timeline_id"]}&to={worded}");
        Assert.Equal([true, false], diff["differences"]!.AsArray().Select(row => (bool)row!["same"]!));
        Assert.Equal(5, (await Mira.Api.GetAsync($"{episode.Path}/timelines"))["timelines"]!.AsArray().Count);
        await Mira.Api.ProblemAsync(400, HttpMethod.Post, $"{episode.Path}/fork", new { at_seq = 999 });
        await Mira.Api.ProblemAsync(400, HttpMethod.Post, $"{episode.Path}/fork", new { at_seq = second, to = "nowhere" });
    }

    [Fact]
    public async Task What_came_from_outside_is_known_to_its_audience_alone()
    {
        await using var vendor = new FakeVendor();
        vendor.StreamsTo(asked => IsReviewer(asked) ? "OUTCOME: approve\nFine by me." : "I closed the handle.");
        var episode = await ReviewAsync(Mira, vendor);
        await episode.DoAsync("start");
        await episode.RestAsync();
        var again = await episode.ForkAsync(new { at_seq = 1, show = true });
        await Mira.Api.ProblemAsync(
            400,
            HttpMethod.Post,
            $"{episode.Path}/inject",
            new { text = new string('x', 1 << 20), audience = "all" }
        );
        await Mira.Api.ProblemAsync(400, HttpMethod.Post, $"{episode.Path}/inject", new { text = "Hi", audience = new[] { "nobody" } });
        await Mira.Api.ProblemAsync(400, HttpMethod.Post, $"{episode.Path}/inject", new { text = "Hi" });

        await episode.DoAsync("inject", new { text = "The canary sings.", audience = new[] { "reviewer" } });

        var known = await Mira.Api.GetAsync($"{episode.Path}/knows/reviewer");
        Assert.Contains(
            known["items"]!.AsArray(),
            line => (string?)line!["text"] == "The canary sings." && (string?)line["source"] == "a message from outside"
        );
        var others = await Mira.Api.GetAsync($"{episode.Path}/knows/developer?timeline={again}");
        Assert.DoesNotContain("canary", others.ToJsonString());
        await Mira.Api.ProblemAsync(404, HttpMethod.Get, $"{episode.Path}/knows/nobody");
        var journal = await Mira.Api.GetAsync($"{episode.Path}/journal?limit=1");
        Assert.Equal("started", (string?)journal["entries"]![0]!["kind"]);
        Assert.NotNull(journal["next_cursor"]);
    }
}
