using Microsoft.EntityFrameworkCore;
using Republic.Core.Interactions.Lineage;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Interactions;

/// <summary>A run from chats on the built-in model: what it learns from, what becomes of it, and what a chat that is taken back does to it.</summary>
public sealed class ChatRunTests(FinishedRun finished) : IClassFixture<FinishedRun>
{
    [Fact]
    public async Task Chats_become_a_version_whose_sources_are_known_and_which_is_rolled_back()
    {
        var (world, person) = (finished.World, finished.World.Nora);
        var (minion, dataset, id) = finished.Template.Taught;
        var job = (await person.Api.GetAsync($"/api/training/jobs/{id}"))["job"]!;

        Assert.Equal(("completed", 100), (job["job_status"]!.GetValue<string>(), job["training_data_size"]!.GetValue<int>()));
        Assert.Equal((minion, person.Id), (job["minion_id"]!.GetValue<Guid>(), job["user_id"]!.GetValue<Guid>()));
        Assert.Equal("sprout", job["model_id"]!.GetValue<string>());
        Assert.Equal(1, job["training_metrics"]!["version"]!.GetValue<int>());
        Assert.NotNull(job["completed_at"]);
        var run = (await person.Api.GetAsync(TrainingWorld.PathOf(person, $"/{id}")))["job"]!;
        Assert.Equal(100, run["steps"]![1]!["output"]!["rows"]!.GetValue<int>());
        var learned = await world.QueryAsync(db => db.LearnedPairs.Where(pair => pair.DatasetId == dataset).ToListAsync());
        Assert.Equal((100, true), (learned.Count, learned.TrueForAll(pair => pair.IsCorrection)));
        var chats = learned.GroupBy(pair => pair.ConversationId).OrderByDescending(pairs => pairs.Count()).ToList();
        Assert.Equal([99, 1], chats.Select(pairs => pairs.Count()));
        var chat = chats[0].Key;

        // Everything is learned by the version in use: nothing is left for the next.
        var data = await person.Api.PostAsync("/api/training/export-data", new { minion_id = minion });
        Assert.Equal((0, 100), (data["eligible"]!.GetValue<int>(), data["refused"]!["trained_before"]!.GetValue<int>()));
        var none = await person.Api.ProblemAsync(409, HttpMethod.Post, "/api/training/start-job", new { minion_id = minion });
        Assert.Contains("0 pairs are new since version 1", none["detail"]!.GetValue<string>(), StringComparison.Ordinal);

        var page = await (await person.BrowserAsync()).ReadAsync($"/training/chats?minion={minion}");
        Assert.Contains("100 pairs from 2 chats", page, StringComparison.Ordinal);
        Assert.DoesNotContain("taken back", page, StringComparison.Ordinal);
        await person.Api.PutAsync($"/api/conversations/{chat}", new { training = "off" });
        page = await (await person.BrowserAsync()).ReadAsync($"/training/chats?minion={minion}");
        Assert.Contains("1 chat taken back", page, StringComparison.Ordinal);

        // Back to how it was: then its pairs may be learned once more, as soon as the chat teaches again.
        await person.Api.PostAsync($"/api/minions/{minion}/versions/0/promote");
        await person.Api.PutAsync($"/api/conversations/{chat}", new { training = "on" });
        data = await person.Api.PostAsync("/api/training/export-data", new { minion_id = minion });
        Assert.Equal(100, data["eligible"]!.GetValue<int>());
        var again = await person.Api.PostAsync("/api/training/start-job", new { minion_id = minion, config = TrainingWorld.Short() });
        var unfinished = again["job"]!["id"]!.GetValue<Guid>();
        await person.Api.ProblemAsync(409, HttpMethod.Post, "/api/training/deploy", new { job_id = unfinished });
        await TrainingWorld.StopAsync(person, unfinished);
        await TrainingWorld.EndAsync(person, unfinished);
        var deployed = await person.Api.PostAsync("/api/training/deploy", new { job_id = id });
        Assert.Equal((1, 0), (deployed["version"]!.GetValue<int>(), deployed["former"]!.GetValue<int>()));
    }
}
