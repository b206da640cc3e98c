using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Training;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Datasets;

public sealed class DeletionTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dataset_stays_when_a_run_of_it_is_started_at_the_same_moment()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Starter");
        var minion = await person.NewMinionAsync("starter", vendor);
        var dataset = await TrainingWorld.NewDatasetAsync(person, 12);
        await DatasetWorld.EndOfAsync(person, $"{dataset}");
        var run = await TrainingWorld.NewJobAsync(person, minion.Id, [dataset], TrainingWorld.Friendly(repeats: 1));
        Task<JsonNode> refused;
        await using (
            var turn = await HeldTurn.TakeAsync(republic, db => AdvisoryLocks.TakeAsync(db, person.Id, AdvisoryLocks.TrainingControl, Ct))
        )
        {
            refused = person.Api.ProblemAsync(409, HttpMethod.Delete, DatasetWorld.PathOf(person, $"/{dataset}"));
            await turn.WaitedForAsync(1, "pg_advisory_xact_lock");
            await StartAsync(turn.Db, person.Id, run);
        }

        Assert.Contains("is about to learn from", (await refused)["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await TrainingWorld.StopAsync(person, run);
        await person.Api.DeleteAsync(DatasetWorld.PathOf(person, $"/{dataset}"));
        await person.Api.ProblemAsync(404, HttpMethod.Get, DatasetWorld.PathOf(person, $"/{dataset}"));
    }

    /// <summary>As a start does it, with a job that no node takes for silent.</summary>
    private static async Task StartAsync(RepublicDb db, Guid owner, Guid run)
    {
        var now = TimeProvider.System.GetUtcNow();
        var work = new Job
        {
            OwnerId = owner,
            Kind = TrainingWork.KindOfJob,
            Subject = run,
            Status = JobStatus.Running,
            CreatedAt = now,
            StartedAt = now,
            HeartbeatAt = now.AddHours(1),
        };
        db.Jobs.Add(work);
        await db.SaveChangesAsync(Ct);
        await db.TrainingJobs.Where(job => job.Id == run).ExecuteUpdateAsync(set => set.SetProperty(job => job.WorkId, work.Id), Ct);
    }
}
