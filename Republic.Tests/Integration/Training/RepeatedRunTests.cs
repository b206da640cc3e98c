using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>The same rows once more: they earn nothing, and make no second collection.</summary>
public sealed class RepeatedRunTests(TrainingWorld world) : IClassFixture<TrainingWorld>, IAsyncLifetime
{
    private readonly FakeVendor vendor = new();
    private readonly FakeVendor judges = new();
    private Inhabitant person = null!;
    private TestMinion? judge;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        person = await world.NewPersonAsync($"P{Guid.CreateVersion7():N}"[..20]);
        var rule = new FakeJudge(_ => 80);
        vendor.AnswersTo(_ => "Well");
        judges.AnswersTo(asked => rule.Reply(asked.LastMessage!));
    }

    public async ValueTask DisposeAsync()
    {
        await vendor.DisposeAsync();
        await judges.DisposeAsync();
    }

    [Fact]
    public async Task A_row_earns_experience_once_and_new_ones_beside_it_earn_theirs()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        judge = await person.NewMinionAsync("judge", judges);
        var dataset = await TrainingWorld.NewDatasetAsync(person, 12);
        var longer = await TrainingWorld.NewDatasetAsync(person, 18);

        // f(12) = 30 points, of which 80 of 100 are earned; f(18) = 45.
        Assert.Equal((24m, 12), Earned(await RunAsync(minion.Id, "rag_only", [dataset])));
        var again = await RunAsync(minion.Id, "rag_only", [dataset]);
        Assert.Equal((0m, 0), Earned(again));
        Assert.Equal((12m, 6), Earned(await RunAsync(minion.Id, "rag_only", [longer])));

        Assert.Equal(36m, (decimal)(await person.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!["experience"]!);
        var page = await PageAsync(again);
        Assert.Contains("A row earns experience once", page);
    }

    [Fact]
    public async Task What_nothing_graded_may_still_earn()
    {
        var minion = await person.NewMinionAsync("learner");
        var dataset = await TrainingWorld.NewDatasetAsync(person, 12);
        // The built-in model grades nobody, and without weights there is no loss.
        var ungraded = await RunAsync(minion.Id, "rag_only", [dataset]);
        Assert.Equal("none", (string)ungraded["report"]!["graded_by"]!);
        Assert.Equal((0m, 0), Earned(ungraded));
        judge = await person.NewMinionAsync("judge", judges);

        Assert.Equal((24m, 12), Earned(await RunAsync(minion.Id, "rag_only", [dataset])));
        Assert.Equal((0m, 0), Earned(await RunAsync(minion.Id, "rag_only", [dataset])));
    }

    [Fact]
    public async Task A_run_that_does_not_go_live_earns_nothing_and_its_rows_earn_it_in_one_that_does()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        judge = await person.NewMinionAsync("judge", judges);
        var dataset = await TrainingWorld.NewDatasetAsync(person, 12);

        // All answers are graded alike before and after, so the gate refuses; and a draft was asked for.
        foreach (var promote in new[] { "gate", "never" })
        {
            var end = await RunAsync(minion.Id, "rag_only", [dataset], promote);
            Assert.False((bool)end["report"]!["promoted"]!);
            Assert.Equal(0m, (decimal)end["report"]!["xp_gained"]!);
            Assert.Null(end["report"]!["new_rows"]);
            Assert.Contains("No XP: nothing went live", await PageAsync(end));
        }

        Assert.Equal(0m, (decimal)(await person.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!["experience"]!);
        Assert.Equal((24m, 12), Earned(await RunAsync(minion.Id, "rag_only", [dataset])));
        Assert.Equal(24m, (decimal)(await person.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!["experience"]!);
    }

    [Fact]
    public async Task The_same_rows_make_one_collection_until_somebody_changes_it()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        var dataset = await TrainingWorld.NewDatasetAsync(person, 12);
        var first = Built(await RunAsync(minion.Id, "rag_only", [dataset], promote: "never"));
        var end = await RunAsync(minion.Id, "rag_only", [dataset], promote: "never");
        var second = Built(end);

        Assert.Equal((first.Id, true, true), (second.Id, second.Built, second.Reused));
        Assert.False(first.Reused);
        Assert.Equal(1, await CollectionsAsync());
        // A draft that waits links nothing, and its report says where to be rid of what it made.
        var page = await PageAsync(end);
        Assert.Contains("It is linked to no minion.", page);
        Assert.Contains($"/knowledge/{first.Id}/settings#delete-collection", page);

        await using (var db = await DbAsync())
        {
            await db.Documents.Where(d => d.CollectionId == first.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.Revision, 2), Ct);
        }

        var third = Built(await RunAsync(minion.Id, "rag_only", [dataset]));
        Assert.False(third.Reused);
        Assert.NotEqual(first.Id, third.Id);
        var other = await person.NewMinionAsync("other", vendor);
        Assert.False(Built(await RunAsync(other.Id, "rag_only", [dataset])).Reused);

        await person.Api.DeleteAsync($"/api/users/{person.Id}/collections/{first.Id}");
        Assert.Contains("deleted since", await PageAsync(end));
    }

    [Fact]
    public async Task All_answers_that_decided_the_verdict_can_be_read()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        judge = await person.NewMinionAsync("judge", judges);
        var end = await RunAsync(minion.Id, "rag_only", [await TrainingWorld.NewDatasetAsync(person, 60)]);

        var path = TrainingWorld.PathOf(person, $"/{end["id"]}/answers");
        var answers = (await person.Api.GetAsync(path))["answers"]!.AsArray().Select(answer => answer!).ToList();

        Assert.Equal(
            end["report"]!["questions"]!.AsArray().Select(question => (string)question!["text"]!),
            answers.Select(answer => (string)answer["text"]!)
        );
        Assert.Equal(4, answers.Count(answer => !(bool)answer["is_held_out"]!));
        Assert.All(
            answers,
            answer =>
                Assert.Equal(
                    ("Well", 80.0, "Well", 80.0),
                    (
                        (string)answer["before"]!["text"]!,
                        (double)answer["before"]!["points"]!,
                        (string)answer["after"]!["text"]!,
                        (double)answer["after"]!["points"]!
                    )
                )
        );
        Assert.NotNull(answers[^1]["after"]!["trace"]!["passages"]);
        var page = await PageAsync(end);
        Assert.Contains($"{answers.Count - 4} more prompts: rows that are in the collection too", page);
        Assert.Contains($"and {answers.Count - 4} held-out prompts to both", page);
        await person.Api.ProblemAsync(404, HttpMethod.Get, TrainingWorld.PathOf(person, $"/{Guid.CreateVersion7()}/answers"));
    }

    private static (decimal Points, int NewRows) Earned(JsonNode end) =>
        ((decimal)end["report"]!["xp_gained"]!, (int)end["report"]!["new_rows"]!);

    private static (Guid Id, bool Built, bool Reused) Built(JsonNode end)
    {
        var built = Assert.Single(end["report"]!["collections"]!.AsArray())!;
        return ((Guid)built["id"]!, (bool)built["built"]!, (bool)built["reused"]!);
    }

    private async Task<JsonNode> RunAsync(Guid minion, string type, IEnumerable<Guid> datasets, string promote = "always")
    {
        var config = KnowledgeRuns.Quick();
        config["promote"] = promote;
        config["judge_minion_id"] = judge?.Id;
        var made = await person.Api.PostAsync(TrainingWorld.PathOf(person), KnowledgeRuns.Order(minion, type, datasets, [], config));
        var job = made["job"]!["id"]!.GetValue<Guid>();
        await TrainingWorld.StartAsync(person, job);
        var end = await TrainingWorld.EndAsync(person, job);
        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
        return end;
    }

    private async Task<string> PageAsync(JsonNode end) =>
        await (await (await person.BrowserAsync()).GetAsync($"/training/{end["id"]}")).Content.ReadAsStringAsync(Ct);

    private async Task<int> CollectionsAsync()
    {
        await using var db = await DbAsync();
        return await db.Collections.CountAsync(c => c.OwnerId == person.Id, Ct);
    }

    private Task<RepublicDb> DbAsync() => world.Services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync(Ct);
}
