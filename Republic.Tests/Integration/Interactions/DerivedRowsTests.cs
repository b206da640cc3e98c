using Microsoft.EntityFrameworkCore;
using Republic.Core.Jobs;
using Republic.Core.Minions;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Interactions;

/// <summary>What is left of chats that were deleted or taken back: in datasets, and in the versions that learned from them.</summary>
[Collection(nameof(IdleNode))]
public sealed class DerivedRowsTests(IdleRepublic republic)
{
    [Fact]
    public async Task A_chat_is_deleted_with_its_rows_and_it_is_said_which_versions_keep_them()
    {
        var (person, minion, chat, dataset) = await LearnedAsync("Leaver", others: 50);
        var run = await RunAsync(person);
        var browser = await person.BrowserAsync();
        var manage = await browser.ReadAsync($"/chats/{chat}/manage");
        Assert.Contains("60 rows of 1 dataset came from it: this dataset is deleted too.", manage, StringComparison.Ordinal);
        Assert.Contains("Version 1 learned from it and stays, marked", manage, StringComparison.Ordinal);

        var answer = await person.Api.DeleteAsync($"/api/conversations/{chat}?forever=true");

        Assert.Equal(chat, answer["id"]!.GetValue<Guid>());
        var derived = answer["derived"]!;
        Assert.Equal((60, 1), (derived["rows"]!.GetValue<int>(), derived["datasets"]!.GetValue<int>()));
        var version = Assert.Single(derived["versions"]!.AsArray())!;
        Assert.Equal(
            (minion, 1, 60),
            (version["minion_id"]!.GetValue<Guid>(), version["number"]!.GetValue<int>(), version["pairs"]!.GetValue<int>())
        );
        await person.Api.ProblemAsync(404, HttpMethod.Get, $"/api/users/{person.Id}/training-datasets/{dataset}");
        Assert.False(Directory.Exists(Path.Combine(republic.DataFolder, "datasets", dataset.ToString())));
        Assert.Equal(110, await republic.QueryAsync(db => db.LearnedPairs.CountAsync(pair => pair.DatasetId == dataset)));
        Assert.Contains($"chat {chat:N}: 60 rows in a dataset\"", await ActivityAsync(person), StringComparison.Ordinal);

        var stopped = await TrainingWorld.JobAsync(person, run);
        Assert.Equal("STOPPED", (string?)stopped["status"]);
        Assert.StartsWith(
            "A chat that 60 of its 110 rows come from was deleted,",
            (string?)stopped["error_message"],
            StringComparison.Ordinal
        );
        await person.Api.ProblemAsync(409, HttpMethod.Post, TrainingWorld.PathOf(person, $"/{run}/start"));

        var page = await browser.ReadAsync($"/training/chats?minion={minion}");
        Assert.Contains("Version 1 learned 60 pairs of a chat that was deleted.", page, StringComparison.Ordinal);
        Assert.Contains("No dataset holds rows of chats that were deleted or taken back.", page, StringComparison.Ordinal);
        Assert.Contains("A chat that 60 of its 110 rows come from was deleted", page, StringComparison.Ordinal);
        var learned = await browser.ReadAsync($"/models/{minion}/versions/1");
        Assert.Contains("It learned 60 pairs of that.", learned, StringComparison.Ordinal);

        // Fifty are left of the hundred that a run from the base needs.
        Assert.Contains("disabled=\"disabled\" aria-describedby=\"why-anew\">Train again without it", page, StringComparison.Ordinal);
        Assert.Contains("50 of 100 pairs are ready.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_a_chat_that_can_be_restored_stay_and_no_run_learns_from_them_meanwhile()
    {
        var (person, minion, chat, dataset) = await LearnedAsync("Undecided", others: 50);
        var (run, start) = (await RunAsync(person), TrainingWorld.PathOf(person, $"/{await RunAsync(person)}/start"));
        var (browser, address) = (await person.BrowserAsync(), $"/training/chats?minion={minion}");

        var derived = (await person.Api.DeleteAsync($"/api/conversations/{chat}"))["derived"]!;

        Assert.Equal((0, 0), (derived["rows"]!.GetValue<int>(), derived["datasets"]!.GetValue<int>()));
        Assert.Equal(60, Assert.Single(derived["versions"]!.AsArray())!["pairs"]!.GetValue<int>());
        await person.Api.GetAsync($"/api/users/{person.Id}/training-datasets/{dataset}");
        Assert.Equal("STOPPED", (string?)(await TrainingWorld.JobAsync(person, run))["status"]);
        var refused = await person.Api.ProblemAsync(409, HttpMethod.Post, start);
        Assert.Contains("was deleted.", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(
            "Version 1 learned 60 pairs of a chat that was deleted.",
            await browser.ReadAsync(address),
            StringComparison.Ordinal
        );

        await person.Api.PostAsync($"/api/conversations/{chat}/restore");

        Assert.DoesNotContain("of a chat that was deleted.", await browser.ReadAsync(address), StringComparison.Ordinal);
        await person.Api.PostAsync(start);
    }

    [Fact]
    public async Task Rows_of_a_chat_that_was_taken_back_stay_until_their_datasets_are_deleted()
    {
        var (person, minion, chat, dataset) = await LearnedAsync("Doubter", others: 100);
        var run = await RunAsync(person);
        await person.Api.PutAsync($"/api/conversations/{chat}", new { training = "off" });
        var stopped = await TrainingWorld.JobAsync(person, run);
        Assert.Contains("60 of its 160 rows come from was taken back", (string?)stopped["error_message"], StringComparison.Ordinal);
        var browser = await person.BrowserAsync();
        var address = $"/training/chats?minion={minion}";
        var page = await browser.ReadAsync(address);
        Assert.Contains("60 rows of chats that were deleted or taken back are left in 1 dataset.", page, StringComparison.Ordinal);
        Assert.Contains("<button class=\"btn btn-sm\" type=\"submit\">Train again without it", page, StringComparison.Ordinal);
        await person.Api.GetAsync($"/api/users/{person.Id}/training-datasets/{dataset}");

        using var deleted = await browser.SubmitAsync(address, new Dictionary<string, string>(), "DeleteRows");

        Assert.Equal((302, address), ((int)deleted.StatusCode, deleted.Headers.Location!.ToString()));
        await person.Api.ProblemAsync(404, HttpMethod.Get, $"/api/users/{person.Id}/training-datasets/{dataset}");
        page = await browser.ReadAsync(address);
        Assert.Contains("No dataset holds rows of chats that were deleted or taken back.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("DeleteRows", page, StringComparison.Ordinal);
        Assert.Contains("60 rows in a dataset\"", await ActivityAsync(person), StringComparison.Ordinal);
        var again = await person.Api.DeleteAsync($"/api/training/rows/{minion}");
        Assert.Equal((0, 0), (again["rows"]!.GetValue<int>(), again["datasets"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_chat_whose_rows_a_killed_process_left_takes_them_along_when_it_is_deleted_again()
    {
        var (person, _, chat, dataset) = await LearnedAsync("Killed", others: 50);
        await RunAsync(person);
        await republic.QueryAsync(async db =>
        {
            await db
                .Jobs.Where(job => job.OwnerId == person.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(job => job.Status, JobStatus.Cancelled));
            return await db.Conversations.Where(c => c.Id == chat).ExecuteDeleteAsync();
        });

        var derived = (await person.Api.DeleteAsync($"/api/conversations/{chat}?forever=true"))["derived"]!;

        Assert.Equal((60, 1), (derived["rows"]!.GetValue<int>(), derived["datasets"]!.GetValue<int>()));
        await person.Api.ProblemAsync(404, HttpMethod.Get, $"/api/users/{person.Id}/training-datasets/{dataset}");
        await person.Api.ProblemAsync(404, HttpMethod.Delete, $"/api/conversations/{chat}?forever=true");
    }

    [Fact]
    public async Task Rows_of_chats_become_no_collection_where_a_deleted_chat_could_not_be_found()
    {
        var (person, minion, _, dataset) = await LearnedAsync("Copier", others: 50);
        await RunAsync(person);
        await republic.QueryAsync(db =>
            db.Jobs.Where(job => job.OwnerId == person.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(job => job.Status, JobStatus.Cancelled))
        );
        var made = await person.Api.PostAsync(
            TrainingWorld.PathOf(person),
            new
            {
                job_name = "Copy",
                minion_id = minion,
                training_type = "rag_only",
                dataset_ids = new[] { dataset },
            }
        );

        var refused = await person.Api.ProblemAsync(
            409,
            HttpMethod.Post,
            TrainingWorld.PathOf(person, $"/{made["job"]!["id"]!.GetValue<Guid>()}/start")
        );

        Assert.Contains("would copy rows of your chats into a collection", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chat_that_nothing_was_made_of_leaves_nothing()
    {
        var person = await republic.NewPersonAsync("Plain");
        var chat = await new PlantedChats(republic, person, (await person.NewMinionAsync("plain")).Id).ChatAsync();
        Assert.DoesNotContain(
            "came from it",
            await (await person.BrowserAsync()).ReadAsync($"/chats/{chat}/manage"),
            StringComparison.Ordinal
        );
        var derived = (await person.Api.DeleteAsync($"/api/conversations/{chat}"))["derived"]!;
        Assert.Equal("""{"rows":0,"datasets":0,"versions":[],"runs":0,"tasks":0}""", derived.ToJsonString());
    }

    /// <summary>A run waits for its turn to learn 60 pairs of a chat and some of another, and the version in use did so already.</summary>
    private async Task<(Inhabitant Person, Guid Minion, Guid Chat, Guid Dataset)> LearnedAsync(string name, int others)
    {
        var person = await republic.NewPersonAsync(name);
        var minion = (await person.NewMinionAsync("learner")).Id;
        var chats = new PlantedChats(republic, person, minion);
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(chat, 60);
        await chats.AnswersAsync(await chats.ChatAsync(), others);
        var started = await person.Api.PostAsync("/api/training/start-job", new { minion_id = minion });
        var run = started["job"]!["id"]!.GetValue<Guid>();
        var dataset = Assert.Single(
            await republic.QueryAsync(db => db.TrainingJobs.Where(job => job.Id == run).Select(job => job.DatasetIds).SingleAsync())
        );
        await republic.QueryAsync(async db =>
        {
            db.MinionVersions.Add(
                new MinionVersion
                {
                    MinionId = minion,
                    Number = 1,
                    DatasetIds = [dataset],
                    Provider = "local",
                    ModelId = "sprout",
                    CreatedAt = TimeProvider.System.GetUtcNow(),
                }
            );
            await db.SaveChangesAsync();
            return await db.Minions.Where(m => m.Id == minion).ExecuteUpdateAsync(set => set.SetProperty(m => m.Version, 1));
        });
        return (person, minion, chat, dataset);
    }

    private Task<Guid> RunAsync(Inhabitant person) =>
        republic.QueryAsync(db => db.TrainingJobs.Where(job => job.OwnerId == person.Id).Select(job => job.Id).SingleAsync());

    private static async Task<string> ActivityAsync(Inhabitant person) =>
        (await person.Api.GetAsync("/api/account/activity"))["entries"]!.ToJsonString();
}
