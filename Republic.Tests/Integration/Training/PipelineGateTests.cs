using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Knowledge;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>Runs that measure a minion with its collections and its style, as it would answer in a chat.</summary>
public sealed class PipelineGateTests(TrainingWorld world) : IClassFixture<TrainingWorld>, IAsyncLifetime
{
    private const string Known = "Of the documents";
    private readonly FakeVendor vendor = new();
    private readonly FakeVendor judges = new();
    private Inhabitant person = null!;
    private TestMinion? judge;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        person = await world.NewPersonAsync($"P{Guid.CreateVersion7():N}"[..20]);
        vendor.AnswersTo(asked => HasPassages(asked) ? $"{Known} [1]" : "I have no idea");
        var rule = new FakeJudge(text => text.Contains(Known, StringComparison.Ordinal) ? 90 : 40);
        judges.AnswersTo(asked => rule.Reply(asked.LastMessage!));
    }

    public async ValueTask DisposeAsync()
    {
        await vendor.DisposeAsync();
        await judges.DisposeAsync();
    }

    [Fact]
    public async Task A_minion_that_finds_its_answers_in_a_collection_is_better_than_it_was_and_keeps_it()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        judge = await person.NewMinionAsync("judge", judges);
        var dataset = await TrainingWorld.NewDatasetAsync(person, 60);
        var end = await RunAsync(minion.Id, "rag_only", [dataset], [], new JsonObject { ["repeats"] = 1 });

        var report = end["report"]!;
        Assert.Equal("better", report["verdict"]!.GetValue<string>());
        Assert.True(report["promoted"]!.GetValue<bool>());
        var questions = report["questions"]!.AsArray().Select(question => question!).ToList();
        Assert.Equal(4 + 12, questions.Count);
        // The four of every run name no subject: nothing is looked up, and they are answered as before.
        Assert.All(questions[..4], question => Assert.Equal((40.0, 40.0), Points(question)));
        Assert.All(questions[4..], question => Assert.Equal((40.0, 90.0), Points(question)));
        await using var db = await DbAsync();
        var job = end["id"]!.GetValue<Guid>();
        Assert.Equal([job], await db.CollectionLinks.Where(l => l.MinionId == minion.Id).Select(l => l.CollectionId).ToListAsync(Ct));
        var answers = await db
            .TrainingCalls.Where(call => call.TrainingJobId == job && call.Key.StartsWith("held/"))
            .ToDictionaryAsync(call => call.Key, call => JsonNode.Parse(call.Answer!)!, Ct);
        Assert.All(
            answers,
            answer => Assert.Equal(answer.Key.Contains("/after/"), answer.Value["trace"]?["passages"]?.AsArray() is { Count: > 0 })
        );
        var page = await (await (await person.BrowserAsync()).GetAsync($"/training/{job}")).Content.ReadAsStringAsync(Ct);
        Assert.Contains("not how other questions would fare", page);
        Assert.Contains("How it was made", page);
    }

    [Fact]
    public async Task What_a_minion_was_linked_to_at_the_start_is_what_it_is_measured_with_before()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        judge = await person.NewMinionAsync("judge", judges);
        var dataset = await TrainingWorld.NewDatasetAsync(person, 60);
        await RunAsync(minion.Id, "rag_only", [dataset], [], new JsonObject { ["repeats"] = 1, ["promote"] = "always" });
        var again = await RunAsync(minion.Id, "rag_only", [dataset], [], new JsonObject { ["repeats"] = 1 });

        Assert.Equal("no_change", again["report"]!["verdict"]!.GetValue<string>());
        Assert.All(again["report"]!["questions"]!.AsArray().Skip(4), question => Assert.Equal((90.0, 90.0), Points(question!)));
    }

    [Fact]
    public async Task On_the_built_in_model_answers_are_quoted_and_without_a_judge_the_run_says_what_is_missing()
    {
        var minion = await person.NewMinionAsync("clerk");
        var guide = await PlantedCollections.NewAsync(world, person, "Guide", KnowledgeRuns.Guide);
        await using (var db = await DbAsync())
        {
            db.RetrievalScores.Add(Score(guide));
            await db.SaveChangesAsync(Ct);
        }

        var end = await RunAsync(minion.Id, "rag_only", [], [guide], new JsonObject { ["repeats"] = 1 });
        var (report, after) = (end["report"]!, end["steps"]![6]!["output"]!);
        Assert.Equal(("not_graded", false), (report["verdict"]!.GetValue<string>(), report["promoted"]!.GetValue<bool>()));
        Assert.Contains("Name a judge for the next run", report["conclusion"]!.GetValue<string>());
        var figure = Assert.Single(after["retrieval"]!.AsArray())!;
        Assert.Equal(
            ("Guide", 8, 0.75),
            (figure["name"]!.GetValue<string>(), figure["questions"]!.GetValue<int>(), figure["hit_at1"]!.GetValue<double>())
        );
        var trace = after["answers"]!["asked"]![0]!["trace"]!;
        var knowledge = Assert.Single(trace["stages"]!.AsArray(), stage => stage!["name"]!.GetValue<string>() == "knowledge")!;
        Assert.Equal("skipped", knowledge["status"]!.GetValue<string>());
        Assert.Null(end["steps"]![0]!["output"]!["asked"]![0]!["trace"]);
    }

    [Fact]
    public async Task A_collection_that_is_deleted_while_the_draft_is_measured_ends_the_run_with_the_reason()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        var guide = await PlantedCollections.NewAsync(world, person, "Guide", KnowledgeRuns.Guide);
        var job = await NewJobAsync(minion.Id, "rag_only", [], [guide]);
        var asked = 0;
        var held = new TaskCompletionSource();
        vendor.AnswersTo(_ =>
        {
            // The first question of step 4.
            if (Interlocked.Increment(ref asked) == 5)
            {
                held.Task.Wait(Ct);
            }

            return "Well";
        });
        await TrainingWorld.StartAsync(person, job);
        await Until.TrueAsync(() => Volatile.Read(ref asked) == 5);
        await using (var db = await DbAsync())
        {
            await db.Collections.Where(c => c.Id == guide).ExecuteDeleteAsync(Ct);
        }

        held.SetResult();
        var end = await TrainingWorld.EndAsync(person, job);
        Assert.Equal("FAILED", end["status"]!.GetValue<string>());
        Assert.Contains("was deleted meanwhile", end["error_message"]!.GetValue<string>());
        Assert.Equal(5, asked);
    }

    private static bool HasPassages(VendorRequest asked) => asked.LastMessage!.Contains("Arr, the", StringComparison.Ordinal);

    private static (double, double) Points(JsonNode question) =>
        (question["before"]![0]!.GetValue<double>(), question["after"]![0]!.GetValue<double>());

    private RetrievalScore Score(Guid collection) =>
        new()
        {
            OwnerId = person.Id,
            CollectionId = collection,
            Reason = "Planted.",
            Cutting = new CuttingSettings(),
            Retrieval = new RetrievalSettings(),
            Questions = 8,
            HitAt1 = 0.75,
            HitAt3 = 1,
            HitAt5 = 1,
            HitAt10 = 1,
            Mrr = 0.85,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };

    private async Task<Guid> NewJobAsync(
        Guid minion,
        string type,
        IEnumerable<Guid> datasets,
        IEnumerable<Guid> collections,
        JsonObject? config = null
    )
    {
        var order = KnowledgeRuns.Order(minion, type, datasets, collections, config ?? KnowledgeRuns.Quick());
        return (await person.Api.PostAsync(TrainingWorld.PathOf(person), order))["job"]!["id"]!.GetValue<Guid>();
    }

    private async Task<JsonNode> RunAsync(
        Guid minion,
        string type,
        IEnumerable<Guid> datasets,
        IEnumerable<Guid> collections,
        JsonObject? config = null
    )
    {
        config ??= KnowledgeRuns.Quick();
        config["judge_minion_id"] = judge?.Id;
        var job = await NewJobAsync(minion, type, datasets, collections, config);
        await TrainingWorld.StartAsync(person, job);
        var end = await TrainingWorld.EndAsync(person, job);
        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
        return end;
    }

    private Task<RepublicDb> DbAsync() => world.Services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync(Ct);
}
