using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Jobs;
using Republic.Core.Providers.Routing;
using Republic.Tests.Unit.Episodes;
using Republic.Tests.World;
using static Republic.Tests.World.PlayedEpisode;

namespace Republic.Tests.Integration.Episodes;

/// <summary>Episodes that minions and people play, through the API.</summary>
public sealed class EpisodePlayTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private Inhabitant Mira => republic.Mira;

    [Fact]
    public async Task Minions_play_a_review_to_its_end_and_each_knows_what_it_may()
    {
        await using var vendor = new FakeVendor();
        vendor.StreamsTo(asked => IsReviewer(asked) ? "OUTCOME: approve\nFine by me." : "I closed the handle.");
        var episode = await ReviewAsync(Mira, vendor);
        Assert.Equal("paused", (string?)(await episode.ReadAsync())["wait"]);

        await episode.DoAsync("start");
        var end = await episode.RestAsync();

        Assert.Equal(("COMPLETED", "success", "scenario"), ((string?)end["status"], (string?)end["result"], (string?)end["ended_by"]));
        Assert.Equal(["developer: I closed the handle.", "reviewer: Fine by me."], Said(end));
        var (first, second) = (end["steps"]![0]!, end["steps"]![1]!);
        Assert.Equal(("explain", "approve", "COMPLETED"), ((string?)first["state"], (string?)second["outcome"], (string?)second["status"]));
        Assert.Equal(["developer", "reviewer"], second["audience"]!.AsArray().Select(role => (string?)role));
        Assert.Equal("vendor-model", (string?)second["receipt"]!["model"]);
        Assert.Equal(64, ((string)second["receipt"]!["prompt_hash"]!).Length);
        Assert.Contains(
            vendor.Requests,
            asked => IsReviewer(asked) && Prompt(asked).Contains("Line 12 leaks a handle", StringComparison.Ordinal)
        );
        Assert.All(vendor.Requests.Where(asked => !IsReviewer(asked)), asked => Assert.DoesNotContain("Line 12", Prompt(asked)));
        Assert.Equal(end["steps"]!.AsArray().Select(step => (string?)step!["id"]), Keys(vendor));
        await Until.TrueAsync(async () =>
            await republic.QueryAsync(db => db.ModelCalls.CountAsync(c => c.OwnerId == Mira.Id && c.Purpose == CallPurpose.Episode)) >= 2
        );
    }

    [Fact]
    public async Task Whoever_goes_on_after_a_kill_asks_for_the_score_alone_with_the_same_key()
    {
        await using var vendor = new FakeVendor();
        vendor.AnswersAndHangs("I wrote it.");
        var minion = await Mira.NewMinionAsync($"writer-{Guid.CreateVersion7():N}", vendor);
        var episode = await MakeAsync(Mira, EpisodeScenarios.Rated, new { writer = minion.Id });
        var timeline = Guid.Parse((string)(await episode.DoAsync("start"))["timeline_id"]!);
        await Until.TrueAsync(() => Keys(vendor).Count == 2);
        Assert.Equal(("RUNNING", null), Shown(await episode.ReadAsync()));

        vendor.Answers("0.7");
        // As if its node were gone.
        await republic.QueryAsync(db =>
            db.Jobs.Where(j => j.Subject == timeline)
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.Status, JobStatus.Queued).SetProperty(j => j.Node, (string?)null))
        );
        var end = await episode.RestAsync();

        Assert.Equal(("COMPLETED", "I wrote it."), Shown(end));
        Assert.Equal(("success", 0.7), ((string?)end["result"], (double?)end["steps"]![0]!["score"]));
        var keys = Keys(vendor);
        Assert.Equal([(string?)end["steps"]![0]!["id"], keys[1], keys[1]], keys);
        Assert.NotEqual(keys[0], keys[1]);

        static (string?, string?) Shown(JsonNode now) =>
            ((string?)now["steps"]![0]!["status"], (string?)now["steps"]![0]!["generated_text"]);
    }

    [Fact]
    public async Task A_person_acts_when_it_is_their_turn_and_whoever_is_late_hears_what_changed()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("I closed the handle.");
        var episode = await ReviewAsync(Mira, vendor, reviewer: Mira.Id);
        await Mira.Api.ProblemAsync(
            409,
            HttpMethod.Post,
            $"{episode.Path}/act",
            new
            {
                role = "reviewer",
                text = "Too early",
                outcome = "approve",
            }
        );
        await episode.DoAsync("start");
        var waiting = await episode.RestAsync();
        Assert.Equal(("person", "reviewer"), ((string?)waiting["wait"], (string?)waiting["waiting_for"]![0]));
        Assert.Equal(["approve", "reject", "changes"], waiting["outcomes"]!.AsArray().Select(label => (string?)label));

        var wrong = await Mira.Api.ProblemAsync(400, HttpMethod.Post, $"{episode.Path}/act", new { role = "reviewer", text = "Hm" });
        Assert.NotNull(wrong["errors"]!["outcome"]);
        await Mira.Api.ProblemAsync(400, HttpMethod.Post, $"{episode.Path}/act", new { role = "nobody", text = "Hm" });
        var acts = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(i =>
                    Mira.Api.SendAsync(
                        HttpMethod.Post,
                        $"{episode.Path}/act",
                        new
                        {
                            role = "reviewer",
                            text = $"Fine {i}",
                            outcome = "approve",
                        }
                    )
                )
        );

        Assert.Equal([200, 409, 409, 409], acts.Select(answer => (int)answer.StatusCode).Order());
        var late = JsonNode.Parse(await acts.First(answer => answer.StatusCode == HttpStatusCode.Conflict).Content.ReadAsStringAsync())!;
        Assert.Equal(("good", "The episode is over."), ((string?)late["current_state"], (string?)late["detail"]));
        var end = await episode.RestAsync();
        Assert.Equal("COMPLETED", (string?)end["status"]);
        Assert.Single(end["steps"]!.AsArray(), step => (string?)step!["role"] == "reviewer");
    }

    [Fact]
    public async Task A_provider_that_is_away_fails_the_step_and_the_third_time_ends_it()
    {
        await using var vendor = new FakeVendor();
        vendor.Refuses(HttpStatusCode.BadRequest, "Out of order");
        var episode = await ReviewAsync(Mira, vendor);
        await episode.DoAsync("start");
        for (var i = 1; i < 3; i++)
        {
            var stuck = await episode.RestAsync();
            Assert.Equal("stuck", (string?)stuck["wait"]);
            Assert.Contains("Out of order", (string?)stuck["why"]);
            var last = stuck["steps"]!.AsArray()[^1]!;
            Assert.Equal(("FAILED", ""), ((string?)last["status"], (string?)last["generated_text"] ?? ""));
            await episode.DoAsync("resume");
            await Until.TrueAsync(async () =>
                (await episode.ReadAsync())["steps"]!.AsArray().Count(step => (string?)step!["status"] == "FAILED") > i
            );
        }

        var end = await episode.RestAsync();

        Assert.Equal(("TERMINATED", "failures"), ((string?)end["status"], (string?)end["ended_by"]));
        Assert.Empty(Said(end));
    }

    [Fact]
    public async Task Another_minion_takes_over_and_knows_what_its_role_knows()
    {
        await using var vendor = new FakeVendor();
        vendor.StreamsTo(asked => IsReviewer(asked) ? "OUTCOME: changes\nNot yet." : "I closed the handle.");
        var episode = await ReviewAsync(Mira, vendor);
        await episode.DoAsync("start");
        await episode.DoAsync("pause");
        await episode.RestAsync();
        var other = await Mira.NewMinionAsync($"other-{Guid.CreateVersion7():N}", vendor);
        vendor.StreamsTo(asked => IsReviewer(asked) ? "OUTCOME: approve\nNow it is." : "Again.");

        var swapped = await episode.DoAsync("swap", new { role = "reviewer", citizen_id = other.Id });
        await episode.DoAsync("resume");
        var end = await episode.RestAsync();

        Assert.Contains(swapped["assignments"]!.AsArray(), a => (string?)a!["user_id"] == other.Id.ToString() && a["until_seq"] is null);
        Assert.Contains(swapped["assignments"]!.AsArray(), a => (string?)a!["role"] == "reviewer" && a["until_seq"] is not null);
        Assert.Equal("COMPLETED", (string?)end["status"]);
        Assert.Equal(other.Id.ToString(), (string?)end["steps"]!.AsArray().Last(step => (string?)step!["role"] == "reviewer")!["user_id"]);
    }

    [Fact]
    public async Task A_minion_that_was_deleted_fails_its_step_and_says_what_to_do()
    {
        await using var vendor = new FakeVendor();
        var minion = await Mira.NewMinionAsync($"gone-{Guid.CreateVersion7():N}", vendor);
        var episode = await MakeAsync(Mira, EpisodeScenarios.CodeReview, new { developer = minion.Id, reviewer = Mira.Id });
        await Mira.Api.DeleteAsync($"/api/minions/{minion.Id}");
        var refused = await Mira.Api.ProblemAsync(400, HttpMethod.Post, $"{episode.Path}/start");
        Assert.NotNull(refused["errors"]!["cast.developer"]);
        await Mira.Api.PostAsync($"/api/minions/{minion.Id}/restore");
        vendor.Hangs();
        await episode.DoAsync("start");
        await Until.TrueAsync(() => !vendor.Requests.IsEmpty);

        await episode.DoAsync("stop");

        var end = await episode.RestAsync();
        Assert.Equal(("TERMINATED", "person"), ((string?)end["status"], (string?)end["ended_by"]));
        await Until.TrueAsync(async () => (string?)(await episode.ReadAsync())["steps"]![0]!["status"] == "FAILED");
    }
}
