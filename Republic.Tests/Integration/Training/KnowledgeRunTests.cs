using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering.Links;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>Runs that link collections.</summary>
public sealed class KnowledgeRunTests(TrainingWorld world) : IClassFixture<TrainingWorld>, IAsyncLifetime
{
    // Of the test's own, so that another test's minion is nobody's judge.
    private Inhabitant person = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => person = await world.NewPersonAsync($"P{Guid.CreateVersion7():N}"[..20]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Without_a_collection_one_is_built_of_the_rows_and_it_comes_and_goes_with_its_version()
    {
        var minion = await person.NewMinionAsync("clerk");
        var byHand = await PlantedCollections.NewAsync(world, person, "By hand", KnowledgeRuns.Guide);
        await LinkAsync(minion.Id, byHand);
        var dataset = await TrainingWorld.NewDatasetAsync(person, 12);

        var end = await RunAsync(minion.Id, "rag_only", [dataset], []);
        var job = end["id"]!.GetValue<Guid>();
        Assert.Equal(("rag_only", "knowledge"), (end["training_type"]!.GetValue<string>(), end["method"]!.GetValue<string>()));
        var built = Assert.Single(end["steps"]![3]!["output"]!["collections"]!.AsArray())!;
        Assert.Equal((12, true), (built["passages"]!.GetValue<int>(), built["built"]!.GetValue<bool>()));
        Assert.Null(end["report"]!["adapter"]);
        await using (var db = await DbAsync())
        {
            var passages = await db.Passages.Where(p => p.CollectionId == job).OrderBy(p => p.Ordinal).ToListAsync(Ct);
            var text = await db.DocumentTexts.SingleAsync(t => t.DocumentId == passages[0].DocumentId, Ct);
            Assert.All(passages, passage => Assert.Equal(passage.Text, text.Text.Substring(passage.Start, passage.Length)));
            Assert.StartsWith("What do you think of number 0 and the sky?\n\nArr, the sky", passages[0].Text);
            Assert.Equal("A run", (await db.Collections.SingleAsync(c => c.Id == job, Ct)).Name);
        }

        Assert.Equal([(byHand, null), (job, 1)], await LinksAsync(minion.Id));
        var version = (await VersionsAsync(minion.Id))[0];
        Assert.Equal("A run", Assert.Single(version["collections"]!.AsArray())!["name"]!.GetValue<string>());

        await person.Api.PostAsync($"/api/minions/{minion.Id}/versions/0/promote");
        Assert.Equal([(byHand, null)], await LinksAsync(minion.Id));
        await person.Api.PostAsync($"/api/minions/{minion.Id}/versions/1/promote");
        Assert.Equal([(byHand, null), (job, 1)], await LinksAsync(minion.Id));
    }

    [Fact]
    public async Task A_later_run_keeps_what_the_version_before_brought_and_what_it_builds_takes_the_place_of_what_was_built()
    {
        var minion = await person.NewMinionAsync("clerk");
        var guide = await PlantedCollections.NewAsync(world, person, "Guide", KnowledgeRuns.Guide);
        var dataset = await TrainingWorld.NewDatasetAsync(person, 6);
        await RunAsync(minion.Id, "rag_only", [], [guide]);
        var first = (await RunAsync(minion.Id, "rag_only", [dataset], []))["id"]!.GetValue<Guid>();
        Assert.Equal([(guide, 2), (first, 2)], await LinksAsync(minion.Id));

        var other = await TrainingWorld.NewDatasetAsync(person, 8);
        var second = (await RunAsync(minion.Id, "rag_only", [other], []))["id"]!.GetValue<Guid>();
        Assert.Equal([(guide, 3), (second, 3)], await LinksAsync(minion.Id));
    }

    [Fact]
    public async Task A_run_waits_for_documents_that_are_still_indexed_and_leaves_out_those_that_failed()
    {
        var minion = await person.NewMinionAsync("clerk");
        var guide = await PlantedCollections.NewAsync(world, person, "Guide", KnowledgeRuns.Guide);
        await PlantedCollections.AddDocumentAsync(world, guide, "torn.pdf", JobStatus.Failed, "It holds no text.");
        var indexing = await PlantedCollections.AddDocumentAsync(world, guide, "slow.pdf", JobStatus.Queued);
        var job = await NewJobAsync(minion.Id, "rag_only", [], [guide]);
        await TrainingWorld.StartAsync(person, job);
        await Until.TrueAsync(async () => (await LogAsync(job)).Contains("Waiting for “slow.pdf” of the collection “Guide”"));
        Assert.Equal(3, (await TrainingWorld.JobAsync(person, job))["current_step"]!.GetValue<int>());

        await PlantedCollections.EndJobAsync(world, indexing);
        var end = await EndAsync(job);
        var linked = Assert.Single(end["steps"]![3]!["output"]!["collections"]!.AsArray())!;
        Assert.Equal((1, 1), (linked["documents"]!.GetValue<int>(), linked["passages"]!.GetValue<int>()));
        Assert.Contains("“torn.pdf” (It holds no text.)", await LogAsync(job));
    }

    [Fact]
    public async Task Where_nothing_can_be_searched_the_run_fails_and_says_what_to_do_and_goes_on_once_that_is_done()
    {
        var minion = await person.NewMinionAsync("clerk");
        var empty = await PlantedCollections.NewAsync(world, person, "Empty");
        await PlantedCollections.AddDocumentAsync(world, empty, "torn.pdf", JobStatus.Failed, "It holds no text.");
        var job = await NewJobAsync(minion.Id, "rag_only", [], [empty]);
        await TrainingWorld.StartAsync(person, job);
        var failed = await TrainingWorld.EndAsync(person, job);
        Assert.Equal("FAILED", failed["status"]!.GetValue<string>());
        Assert.Contains("“torn.pdf” (It holds no text.)", failed["error_message"]!.GetValue<string>());

        await using (var db = await DbAsync())
        {
            await db.Collections.Where(c => c.Id == empty).ExecuteDeleteAsync(Ct);
        }

        await TrainingWorld.StartAsync(person, job);
        var gone = await TrainingWorld.EndAsync(person, job);
        Assert.Contains("was deleted", gone["error_message"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_version_says_that_its_collection_is_gone_and_can_be_chosen_all_the_same()
    {
        var minion = await person.NewMinionAsync("clerk");
        var guide = await PlantedCollections.NewAsync(world, person, "Guide", KnowledgeRuns.Guide);
        await RunAsync(minion.Id, "rag_only", [], [guide]);
        await using (var db = await DbAsync())
        {
            await db.Collections.Where(c => c.Id == guide).ExecuteDeleteAsync(Ct);
        }

        Assert.Null(Assert.Single((await VersionsAsync(minion.Id))[0]["collections"]!.AsArray())!["name"]);
        var page = await (await (await person.BrowserAsync()).GetAsync($"/models/{minion.Id}/versions/1")).Content.ReadAsStringAsync(Ct);
        Assert.Contains("deleted since", page);
        await person.Api.PostAsync($"/api/minions/{minion.Id}/versions/0/promote");
        await person.Api.PostAsync($"/api/minions/{minion.Id}/versions/1/promote");
        Assert.Empty(await LinksAsync(minion.Id));
    }

    private async Task<Guid> NewJobAsync(
        Guid minion,
        string type,
        IEnumerable<Guid> datasets,
        IEnumerable<Guid> collections,
        JsonObject? config = null
    )
    {
        var made = await person.Api.PostAsync(
            TrainingWorld.PathOf(person),
            KnowledgeRuns.Order(minion, type, datasets, collections, config ?? KnowledgeRuns.Quick())
        );
        return made["job"]!["id"]!.GetValue<Guid>();
    }

    private async Task<JsonNode> RunAsync(
        Guid minion,
        string type,
        IEnumerable<Guid> datasets,
        IEnumerable<Guid> collections,
        JsonObject? config = null
    )
    {
        var job = await NewJobAsync(minion, type, datasets, collections, config);
        await TrainingWorld.StartAsync(person, job);
        return await EndAsync(job);
    }

    private async Task<JsonNode> EndAsync(Guid job)
    {
        var end = await TrainingWorld.EndAsync(person, job);
        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
        return end;
    }

    private async Task<string> LogAsync(Guid job)
    {
        await using var db = await DbAsync();
        return string.Join(
            '\n',
            await db
                .TrainingEvents.Where(e => e.TrainingJobId == job && e.Kind == "log")
                .OrderBy(e => e.Id)
                .Select(e => e.Data)
                .ToListAsync(Ct)
        );
    }

    private async Task LinkAsync(Guid minion, Guid collection)
    {
        await using var db = await DbAsync();
        db.CollectionLinks.Add(
            new CollectionLink
            {
                MinionId = minion,
                CollectionId = collection,
                CreatedAt = DateTimeOffset.Parse("2026-01-01Z"),
            }
        );
        await db.SaveChangesAsync(Ct);
    }

    /// <summary>Each with the version that brought it, the oldest collection first.</summary>
    private async Task<List<(Guid, int?)>> LinksAsync(Guid minion)
    {
        await using var db = await DbAsync();
        var links = await db.CollectionLinks.Where(l => l.MinionId == minion).OrderBy(l => l.CollectionId).ToListAsync(Ct);
        return links.ConvertAll(link => (link.CollectionId, link.Version));
    }

    private async Task<List<JsonNode>> VersionsAsync(Guid minion) =>
        [.. (await person.Api.GetAsync($"/api/minions/{minion}/versions"))["versions"]!.AsArray().Select(version => version!)];

    private Task<RepublicDb> DbAsync() => world.Services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync(Ct);
}
