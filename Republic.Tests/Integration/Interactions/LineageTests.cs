using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Interactions;
using Republic.Core.Interactions.Lineage;
using Republic.Core.Jobs;
using Republic.Core.Minions;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Reports;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Interactions;

/// <summary>What versions learned from, and which of them may go into use.</summary>
public sealed class LineageTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => republic.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    [Fact]
    public async Task A_version_that_the_gate_refused_goes_into_use_only_if_the_person_insists()
    {
        var person = await republic.NewPersonAsync("Insister");
        var minion = (await person.NewMinionAsync("refused")).Id;
        var report = new TrainingReport
        {
            GradedBy = TrainingReport.ByHeldOutLoss,
            Verdict = GateVerdict.Forgot,
            Conclusion = "It forgets what it knew.",
            Version = 1,
        };
        var run = await new PlantedUsage(republic, person).RunAsync(minion, Now, "local", JobStatus.Completed, report);
        await VersionAsync(minion, 0, run: null);
        await VersionAsync(minion, 1, run);

        var refused = await person.Api.ProblemAsync(409, HttpMethod.Post, "/api/training/deploy", new { job_id = run });
        Assert.Contains("The gate did not promote version 1: It forgets what it knew.", refused["detail"]!.GetValue<string>());
        var deployed = await person.Api.PostAsync("/api/training/deploy", new { job_id = run, insist = true });
        Assert.Equal((1, 0), (deployed["version"]!.GetValue<int>(), deployed["former"]!.GetValue<int>()));
        Assert.Equal(1, await InsistedAsync(person));

        // By the door of the versions too; what no gate refused is not insisted on.
        await person.Api.PostAsync($"/api/minions/{minion}/versions/0/promote");
        Assert.Equal(1, await InsistedAsync(person));
        await person.Api.PostAsync($"/api/minions/{minion}/versions/1/promote");
        Assert.Equal(2, await InsistedAsync(person));
    }

    [Fact]
    public async Task A_version_has_the_chats_of_those_it_went_on_from_and_no_others()
    {
        var person = await republic.NewPersonAsync("Heir");
        var minion = (await person.NewMinionAsync("heir")).Id;
        var chats = new PlantedChats(republic, person, minion);
        var (first, second, third) = (await chats.ChatAsync(), await chats.ChatAsync(), await chats.ChatAsync());
        var forgotten = Guid.CreateVersion7();
        await LearnAsync(person, minion, 1, first, continues: false, forgotten);
        await LearnAsync(person, minion, 2, second, continues: true);
        await LearnAsync(person, minion, 3, third, continues: false);
        var lineage = republic.Services.GetRequiredService<VersionLineage>();

        var sources = await lineage.ReadAsync(person.Id, minion, Ct);
        Assert.Equal([first], sources[1].Chats.Select(chat => chat.Id));
        Assert.Equal(new[] { first, second }.Order(), sources[2].Chats.Select(chat => chat.Id).Order());
        Assert.Equal([third], sources[3].Chats.Select(chat => chat.Id));
        Assert.Equal((1, 1, 0), (sources[1].ForgottenMemories, sources[2].ForgottenMemories, sources[3].ForgottenMemories));
        Assert.False(sources[3].IsTainted);

        await person.Api.DeleteAsync($"/api/conversations/{third}");
        var deleted = (await lineage.ReadAsync(person.Id, minion, Ct))[3];
        Assert.True(deleted.IsTainted);
        Assert.False(Assert.Single(deleted.Chats).Exists);
        var page = await (await person.BrowserAsync()).ReadAsync($"/models/{minion}/versions/3");
        Assert.Contains("1 chat deleted", page, StringComparison.Ordinal);
        Assert.Empty(await lineage.ReadAsync(republic.Ada.Id, minion, Ct));
    }

    private static async Task<int> InsistedAsync(Inhabitant person) =>
        (await person.Api.GetAsync("/api/account/activity"))["entries"]!
            .AsArray()
            .Count(entry => entry!["action"]!.GetValue<string>() == "version.insist");

    /// <summary>Plants a version whose own dataset has one pair of the chat.</summary>
    private async Task LearnAsync(
        Inhabitant person,
        Guid minion,
        int version,
        Guid chat,
        bool continues,
        params IReadOnlyList<Guid> memories
    )
    {
        var dataset = Guid.CreateVersion7();
        await VersionAsync(minion, version, run: null, continues ? version - 1 : null, dataset);
        await republic.QueryAsync(db =>
        {
            db.LearnedPairs.Add(
                new LearnedPair
                {
                    DatasetId = dataset,
                    MessageId = Guid.CreateVersion7(),
                    ConversationId = chat,
                    OwnerId = person.Id,
                    MinionId = minion,
                    Hash = dataset.ToByteArray(),
                    MemoryIds = [.. memories],
                    IsCorrection = false,
                }
            );
            return db.SaveChangesAsync();
        });
    }

    private Task<int> VersionAsync(Guid minion, int number, Guid? run, int? from = null, params IReadOnlyList<Guid> datasets) =>
        republic.QueryAsync(async db =>
        {
            db.MinionVersions.Add(
                new MinionVersion
                {
                    MinionId = minion,
                    Number = number,
                    TrainingJobId = run,
                    FromVersion = from,
                    DatasetIds = [.. datasets],
                    Provider = "local",
                    ModelId = "sprout",
                    CreatedAt = Now,
                }
            );
            return await db.SaveChangesAsync();
        });
}
