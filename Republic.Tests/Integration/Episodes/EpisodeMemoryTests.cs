using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Episodes.Playing;
using Republic.Core.Jobs;
using Republic.Core.Memories;
using Republic.Core.Memories.Learning;
using Republic.Core.Providers.Routing;
using Republic.Tests.Unit.Episodes;
using Republic.Tests.World;
using static Republic.Tests.World.PlayedEpisode;

namespace Republic.Tests.Integration.Episodes;

/// <summary>What the minion that plays the learner proposes to remember, once an episode is over.</summary>
public sealed class EpisodeMemoryTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Lesson = "The reviewer wants a test for every fix.";
    private const string Memories = "/api/memories";

    /// <summary>The learner has a secret, and hears one that others do not.</summary>
    private const string Whispers = """
        republic: scenario/1
        name: Whispers
        learner: seller
        roles: {seller: {}, buyer: {}, lawyer: {}}
        facts: {floor: {value: canary of the floor, known_to: [seller]}, budget: {value: canary of the budget, known_to: [buyer]}}
        states:
          begin: {type: start, next: [{to: advise}]}
          advise: {type: action, roles: [lawyer], prompts: [Advise.], audience: [seller], next: [{to: offer}]}
          offer: {type: action, roles: [seller], prompts: [Offer.], audience: all, next: [{to: plot}]}
          plot: {type: action, roles: [lawyer], prompts: [Plot.], audience: [buyer], next: [{to: take}]}
          take: {type: approval, roles: [buyer], prompts: [Take it?], audience: all, next: [{to: done}]}
          done: {type: end, result: success}
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Inhabitant Mira => republic.Mira;

    [Fact]
    public async Task The_learner_proposes_five_things_at_most_of_what_it_knows_and_its_person_decides()
    {
        await using var vendor = new FakeVendor();
        Answers(vendor, Facts([Lesson, .. Enumerable.Range(1, 6).Select(number => $"The reviewer asked for thing {number}.")]));
        var developer = await Mira.NewMinionAsync($"dev-{Guid.CreateVersion7():N}", vendor);
        var episode = await ReviewedAsync(vendor, developer.Id);

        var proposed = await ProposedAsync(Mira, developer.Id, 5);
        var memory = proposed.Single(one => (string?)one!["content"] == Lesson)!;

        Assert.Equal(("proposed", "episode", episode.Id), (Text(memory, "status"), Text(memory, "source"), Text(memory, "source_id")));
        Assert.Equal(
            ("Code review", "developer", "vendor-model", "good"),
            (About(memory, "scenario"), About(memory, "role"), About(memory, "model"), About(memory, "state"))
        );
        var prompt = Prompt(Assert.Single(vendor.Requests, asked => asked.Body is not null && IsInterview(asked)));
        Assert.Contains("Fine by me.", prompt, StringComparison.Ordinal);
        Assert.DoesNotContain("Line 12", prompt, StringComparison.Ordinal);
        await Until.TrueAsync(() =>
            republic.QueryAsync(db => db.ModelCalls.AnyAsync(c => c.MinionId == developer.Id && c.Purpose == CallPurpose.Memory, Ct))
        );
        var page = await (await Mira.BrowserAsync()).ReadAsync($"/memories?minion={developer.Id}");
        Assert.Contains($"href=\"/episodes/{episode.Id}\"", page, StringComparison.Ordinal);

        await Mira.Api.PostAsync($"{Memories}/{memory["id"]}/accept");
        // Whatever is forked and shown later, the learner is asked once.
        var last = (await episode.ReadAsync())["steps"]!.AsArray()[^1]!;
        await episode.ForkAsync(
            new
            {
                at_seq = (long)last["seq"]!,
                text = "Well done.",
                show = true,
            }
        );
        Assert.Equal("success", (string?)(await episode.ReadAsync())["result"]);
        Assert.Equal(1, await JobsAsync(episode));

        await Mira.Api.DeleteAsync(episode.Path);
        var kept = (await Mira.Api.GetAsync($"{Memories}/{memory["id"]}"))["memory"]!;
        Assert.Equal(("active", null), (Text(kept, "status"), Text(kept, "source_id")));
    }

    [Fact]
    public async Task Nothing_is_told_to_the_owner_by_it_that_another_role_knows_or_the_owner_who_plays_does_not()
    {
        await using var vendor = new FakeVendor();
        var lawyer = await republic.NewPersonAsync("Lawyer");
        await (await SharedTask.MakeAsync(Mira)).AcceptedByAsync(lawyer);
        var seller = await Mira.NewMinionAsync($"seller-{Guid.CreateVersion7():N}", vendor);
        vendor.Answers("Ten crowns.");
        var cast = new
        {
            seller = seller.Id,
            buyer = Mira.Id,
            lawyer = lawyer.Id,
        };
        var episode = await MakeAsync(Mira, Whispers, cast);
        var theirs = new PlayedEpisode(lawyer, episode.Id);
        await episode.DoAsync("start");
        await theirs.DoAsync("act", new { role = "lawyer", text = "canary of the advice" });
        await WaitsForAsync(theirs, "lawyer");
        await theirs.DoAsync("act", new { role = "lawyer", text = "canary of the plot" });
        await WaitsForAsync(episode, "buyer");
        vendor.AnswersTo(_ => Facts([Lesson]));
        await episode.DoAsync(
            "act",
            new
            {
                role = "buyer",
                text = "Taken.",
                outcome = "approve",
            }
        );

        await ProposedAsync(Mira, seller.Id, 1);
        var prompt = Prompt(Assert.Single(vendor.Requests, asked => asked.Body is not null && IsInterview(asked)));
        Assert.Contains("Ten crowns.", prompt, StringComparison.Ordinal);
        Assert.Contains("Taken.", prompt, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_asked_where_remembering_is_off_a_person_plays_the_learner_or_it_is_stopped()
    {
        await using var vendor = new FakeVendor();
        Answers(vendor, Facts([Lesson]));
        var person = await republic.NewPersonAsync("Forgetful");
        var minion = (await person.NewMinionAsync("dev", vendor)).Id;
        var reviewer = (await person.NewMinionAsync("rev", vendor)).Id;
        await person.Api.PutAsync($"{Memories}/settings", new { is_on = false });
        var forgotten = await MakeAsync(person, EpisodeScenarios.CodeReview, new { developer = minion, reviewer });
        await forgotten.DoAsync("start");
        Assert.Equal("COMPLETED", (string?)(await forgotten.RestAsync())["status"]);
        await person.Api.PutAsync($"{Memories}/settings", new { is_on = true });

        var own = await MakeAsync(person, EpisodeScenarios.CodeReview, new { developer = person.Id, reviewer });
        await own.DoAsync("start");
        await own.DoAsync("act", new { role = "developer", text = "I closed the handle." });
        await own.RestAsync();
        var stopped = await MakeAsync(person, EpisodeScenarios.CodeReview, new { developer = minion, reviewer = person.Id });
        await stopped.DoAsync("start");
        await stopped.RestAsync();
        await stopped.DoAsync("stop");

        Assert.Equal(0, await JobsAsync(forgotten) + await JobsAsync(own) + await JobsAsync(stopped));
        Assert.Empty((await person.Api.GetAsync(Memories))["memories"]!.AsArray());
    }

    [Fact]
    public async Task A_call_that_fails_leaves_nothing_and_breaks_nothing()
    {
        await using var vendor = new FakeVendor();
        Answers(vendor, "This is no JSON.");
        var developer = await Mira.NewMinionAsync($"dev-{Guid.CreateVersion7():N}", vendor);
        var garbled = await ReviewedAsync(vendor, developer.Id);
        await DoneAsync(garbled);
        vendor.StreamsTo(Step);
        var refused = await ReviewedAsync(vendor, developer.Id);
        await DoneAsync(refused);

        Assert.Empty(await ListAsync(Mira, developer.Id));
        Assert.Equal("COMPLETED", (string?)(await refused.ReadAsync())["status"]);
        Assert.Equal(JobStatus.Completed, await republic.QueryAsync(db => JobsOf(db, refused).Select(job => job.Status).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_second_start_of_the_job_writes_nothing_down_and_none_does_of_an_episode_that_is_gone()
    {
        await using var vendor = new FakeVendor();
        Answers(vendor, Facts([Lesson, Lesson]));
        var developer = await Mira.NewMinionAsync($"dev-{Guid.CreateVersion7():N}", vendor);
        var episode = await ReviewedAsync(vendor, developer.Id);
        await ProposedAsync(Mira, developer.Id, 1);

        var other = new Learned("The reviewer reads tests first.", IsAsked: false, 0.5);
        await using var scope = republic.Services.CreateAsyncScope();
        var editor = scope.ServiceProvider.GetRequiredService<MemoryEditor>();
        foreach (var id in new[] { Guid.Parse(episode.Id), Guid.CreateVersion7() })
        {
            await editor.LearnAsync(Mira.Id, developer.Id, id, [other with { Episode = id }], Ct);
        }

        Assert.Equal(Lesson, (string?)Assert.Single(await ListAsync(Mira, developer.Id))!["content"]);
    }

    private static string Step(VendorRequest asked) => IsReviewer(asked) ? "OUTCOME: approve\nFine by me." : "I closed the handle.";

    private static void Answers(FakeVendor vendor, string interview) =>
        vendor.AnswersTo(asked => IsInterview(asked) ? interview : Step(asked));

    private static string Facts(IEnumerable<string> facts) =>
        new JsonObject
        {
            ["facts"] = new JsonArray([.. facts.Select(fact => new JsonObject { ["fact"] = fact, ["importance"] = 0.5 })]),
        }.ToJsonString();

    private async Task<PlayedEpisode> ReviewedAsync(FakeVendor vendor, Guid developer)
    {
        var reviewer = (await Mira.NewMinionAsync($"rev-{Guid.CreateVersion7():N}", vendor)).Id;
        var episode = await MakeAsync(Mira, EpisodeScenarios.CodeReview, new { developer, reviewer });
        await episode.DoAsync("start");
        Assert.Equal("success", (string?)(await episode.RestAsync())["result"]);
        return episode;
    }

    private static Task<JsonNode> WaitsForAsync(PlayedEpisode episode, string role) =>
        Until.SomethingAsync(async () =>
            await episode.ReadAsync() is var now && now["waiting_for"]!.AsArray().Any(one => (string?)one == role) ? now : null
        );

    private static Task<JsonArray> ProposedAsync(Inhabitant person, Guid minion, int count) =>
        Until.SomethingAsync(async () => await ListAsync(person, minion) is var all && all.Count == count ? all : null);

    private static async Task<JsonArray> ListAsync(Inhabitant person, Guid minion) =>
        (await person.Api.GetAsync($"{Memories}?minion_id={minion}"))["memories"]!.AsArray();

    private Task<int> JobsAsync(PlayedEpisode episode) => republic.QueryAsync(db => JobsOf(db, episode).CountAsync(Ct));

    private Task DoneAsync(PlayedEpisode episode) =>
        Until.TrueAsync(() => republic.QueryAsync(db => JobsOf(db, episode).AllAsync(job => job.FinishedAt != null, Ct)));

    private static IQueryable<Job> JobsOf(RepublicDb db, PlayedEpisode episode)
    {
        var id = Guid.Parse(episode.Id);
        return db.Jobs.Where(job =>
            job.Kind == LearnerWork.KindOfJob && db.Timelines.Any(timeline => timeline.Id == job.Subject && timeline.EpisodeId == id)
        );
    }

    private static string? Text(JsonNode memory, string field) => (string?)memory[field];

    private static string? About(JsonNode memory, string key) => (string?)memory["meta_data"]![key];
}
