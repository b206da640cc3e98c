using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Knowledge.Measuring;
using Republic.Core.Tasks.Work;
using Republic.Tests.Unit.Episodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Jobs;

/// <summary>What is held says until when, on its page and in the API, and how it goes on.</summary>
public sealed class HeldPagesTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dataset_that_is_held_goes_on_when_its_person_says_so()
    {
        var person = await republic.NewPersonAsync("Sower");
        var id = (string)(await DatasetWorld.MakeAsync(person, DatasetWorld.Pairs(20)))["id"]!;
        await HeldJobs.HoldAsync(republic, Guid.Parse(id));

        var held = await DatasetWorld.ReadAsync(person, id);
        Assert.Equal(("processing", HeldJobs.Why), ((string?)held["status"], (string?)held["phase"]));
        AssertHeld(held);
        var browser = await person.BrowserAsync();
        var page = await browser.ReadAsync($"/datasets/{id}");
        Assert.Contains("Held until <time", page);
        Assert.Contains("It goes on by itself.", page);
        Assert.Contains("held until <time", await browser.ReadAsync("/datasets"));

        using (await browser.SubmitAsync($"/datasets/{id}", new Dictionary<string, string>(), "handler=Again"))
        {
            var ready = await DatasetWorld.EndOfAsync(person, id);
            Assert.Equal(("ready", null), ((string?)ready["status"], ready["held_until"]));
        }
    }

    [Fact]
    public async Task A_document_that_is_held_goes_on_when_its_person_says_so()
    {
        var person = await republic.NewPersonAsync("Reader");
        var collection = (string)(await KnowledgeWorld.CollectionAsync(person, "Held"))["id"]!;
        var id = (string)(await KnowledgeWorld.AddAsync(person, collection, "cat.txt", Encoding.UTF8.GetBytes("A cat sleeps.")))["id"]!;
        await HeldJobs.HoldAsync(republic, Guid.Parse(id));

        var path = KnowledgeWorld.PathOf(person, $"/{collection}/documents/{id}");
        AssertHeld((await person.Api.GetAsync(path))["document"]!);
        var browser = await person.BrowserAsync();
        var page = await browser.ReadAsync($"/knowledge/{collection}/documents/{id}");
        Assert.Contains("Held until <time", page);
        Assert.Contains("Go on now", page);
        Assert.Contains("held until <time", await browser.ReadAsync($"/knowledge/{collection}"));

        await person.Api.PostAsync($"{path}/retry");
        var ready = await KnowledgeWorld.EndOfAsync(person, collection, id);
        Assert.Equal(("ready", null), ((string?)ready["status"], ready["held_until"]));
    }

    [Fact]
    public async Task Rounds_and_drafts_of_a_collection_that_are_held_say_so()
    {
        var person = await republic.NewPersonAsync("Asker");
        var collection = Guid.Parse((string)(await KnowledgeWorld.CollectionAsync(person, "Held rounds"))["id"]!);
        await HeldJobs.PlantAsync(republic, person.Id, MeasureWork.KindOfJob, collection);
        await HeldJobs.PlantAsync(republic, person.Id, DraftWork.KindOfJob, collection);

        var quality = await person.Api.GetAsync(KnowledgeWorld.PathOf(person, $"/{collection}/quality"));

        AssertHeld(quality["measuring"]!);
        AssertHeld(quality["drafting"]!);
        var page = await (await person.BrowserAsync()).ReadAsync($"/knowledge/{collection}/quality");
        Assert.Contains("The questions are asked again at <time", page);
        Assert.Contains("Drafting goes on at <time", page);
    }

    [Fact]
    public async Task A_round_that_is_held_goes_on_when_its_person_asks_for_one()
    {
        var person = await republic.NewPersonAsync("Measurer");
        var collection = (string)(await KnowledgeWorld.CollectionAsync(person, "Held round"))["id"]!;
        var document = (string)
            (await KnowledgeWorld.AddAsync(person, collection, "cat.txt", Encoding.UTF8.GetBytes("A cat sleeps.")))["id"]!;
        var passage = (string)(await KnowledgeWorld.PassagesAsync(person, collection, document))[0]["id"]!;
        var path = KnowledgeWorld.PathOf(person, $"/{collection}");
        await person.Api.PostAsync($"{path}/questions", new { text = "Who sleeps?", passage_id = passage });
        await Until.TrueAsync(async () => await RoundsAsync() == 1);
        await HeldJobs.HoldAsync(republic, Guid.Parse(collection));

        await person.Api.PostAsync($"{path}/quality");

        await Until.TrueAsync(async () => await RoundsAsync() == 2);

        async Task<int> RoundsAsync() => (await person.Api.GetAsync($"{path}/quality"))["scores"]!.AsArray().Count;
    }

    [Fact]
    public async Task A_task_whose_work_is_held_says_so()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Done.");
        var person = await republic.NewPersonAsync("Giver");
        var tasks = new Tasked(republic, person);
        var task = await tasks.MakeAsync((await person.NewMinionAsync("doer", vendor)).Id);
        var attempt = (await tasks.EndAsync(task)).Id;
        await republic.QueryAsync(db =>
            db.TaskAttempts.Where(a => a.Id == attempt).ExecuteUpdateAsync(set => set.SetProperty(a => a.State, TurnState.Pending), Ct)
        );
        await HeldJobs.HoldAsync(republic, attempt);

        var held = Assert.Single(await tasks.AttemptsAsync(task));

        Assert.Equal(TaskAttemptState.Pending, held.State);
        Assert.NotNull(held.HeldUntil);
        var page = await (await person.BrowserAsync()).ReadAsync($"/tasks/{task}");
        Assert.Contains("is held", page);
        Assert.Contains("Held until <time", page);
    }

    [Fact]
    public async Task A_comparison_whose_answers_are_held_says_so()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Hello");
        var person = await republic.NewPersonAsync("Judge");
        var minion = await person.NewMinionAsync("compared", vendor);
        await PlantedVersions.PlantAsync(republic, minion.Id);
        var compared = new Compared(person, minion.Id);
        var id = await compared.MakeAsync("Who?", isBlind: false, 0, 1);
        await compared.EndAsync(id);
        await HeldJobs.HoldAsync(republic, id);

        AssertHeld(await compared.ReadAsync(id));
        Assert.Contains("Held until <time", await (await person.BrowserAsync()).ReadAsync($"/training/comparisons/{id}"));
    }

    [Fact]
    public async Task An_episode_whose_minions_are_held_says_so_and_goes_on_when_its_owner_resumes_it()
    {
        await using var vendor = new FakeVendor();
        vendor.Hangs();
        var person = await republic.NewPersonAsync("Player");
        var minion = await person.NewMinionAsync("writer", vendor);
        var episode = await PlayedEpisode.MakeAsync(person, EpisodeScenarios.Rated, new { writer = minion.Id });
        var timeline = Guid.Parse((string)(await episode.DoAsync("start"))["timeline_id"]!);
        await Until.TrueAsync(() => !vendor.Requests.IsEmpty);
        await HeldJobs.HoldAsync(republic, timeline);

        AssertHeld(await episode.ReadAsync());
        Assert.Contains("It is held until ", await (await person.BrowserAsync()).ReadAsync($"/episodes/{episode.Id}"));
        await episode.DoAsync("pause");
        Assert.Null((await episode.DoAsync("resume"))["held_until"]);
        await episode.DoAsync("stop");
    }

    private static void AssertHeld(JsonNode shown) =>
        Assert.True(shown["held_until"]!.GetValue<DateTimeOffset>() > TimeProvider.System.GetUtcNow(), shown.ToJsonString());
}
