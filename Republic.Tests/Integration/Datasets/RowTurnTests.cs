using Microsoft.EntityFrameworkCore;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Refining;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Datasets;

/// <summary>Changes of rows that come at the same moment as others, or while a version is made of them.</summary>
public sealed class RowTurnTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_first_changes_of_a_row_at_the_same_moment_leave_one_that_waits()
    {
        var (id, path, rows) = await MakeAsync("tides");
        Task changing;
        await using (
            var turn = await HeldTurn.TakeAsync(
                republic,
                db => db.Database.ExecuteSqlAsync($"select 1 from datasets where id = {id} for update", Ct)
            )
        )
        {
            changing = Task.WhenAll(
                republic.Jonas.Api.PutAsync($"{path}/changes/{rows[0]}", Messages("one")),
                republic.Jonas.Api.PutAsync($"{path}/changes/{rows[0]}", Messages("two"))
            );
            await turn.WaitedForAsync(2);
        }

        await changing;
        var dataset = await DatasetWorld.ReadAsync(republic.Jonas, $"{id}");
        Assert.Equal(1, dataset["pending_changes"]!.GetValue<int>());
    }

    [Fact]
    public async Task While_a_version_is_made_of_the_changes_none_is_made_or_taken_back()
    {
        var (id, path, rows) = await MakeAsync("shores");
        await republic.Jonas.Api.PutAsync($"{path}/changes/{rows[0]}", Messages("before"));
        await BeginEditsAsync(id);

        var changed = await republic.Jonas.Api.ProblemAsync(409, HttpMethod.Put, $"{path}/changes/{rows[0]}", Messages("meanwhile"));
        await republic.Jonas.Api.ProblemAsync(409, HttpMethod.Put, $"{path}/changes/{rows[1]}", new { messages = (object?)null });
        await republic.Jonas.Api.ProblemAsync(409, HttpMethod.Delete, $"{path}/changes/{rows[0]}");
        await republic.Jonas.Api.ProblemAsync(409, HttpMethod.Delete, $"{path}/changes");
        await republic.Jonas.Api.ProblemAsync(400, HttpMethod.Put, $"{path}/changes/{rows[1]}", Messages(""));
        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Delete, $"{DatasetWorld.PathOf(republic.Ada, $"/{id}")}/changes");

        Assert.Contains("A version is being made", changed["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await republic.Jonas.Api.PostAsync($"{path}/cancel");
        await republic.Jonas.Api.PutAsync($"{path}/changes/{rows[1]}", Messages("after"));
        Assert.Equal(2, (await DatasetWorld.ReadAsync(republic.Jonas, $"{id}"))["pending_changes"]!.GetValue<int>());
    }

    private async Task<(Guid Id, string Path, string[] Rows)> MakeAsync(string about)
    {
        var made = await DatasetWorld.MakeAsync(republic.Jonas, DatasetWorld.Pairs(4, about));
        var path = DatasetWorld.PathOf(republic.Jonas, $"/{made["id"]!.GetValue<string>()}");
        var rows = (await republic.Jonas.Api.GetAsync($"{path}/preview"))["rows"]!.AsArray();
        return (made["id"]!.GetValue<Guid>(), path, [.. rows.Select(row => row!["hash"]!.GetValue<string>())]);
    }

    /// <summary>A job that is worked on, and that no node takes for silent.</summary>
    private Task<int> BeginEditsAsync(Guid id)
    {
        var now = TimeProvider.System.GetUtcNow();
        var job = new Job
        {
            OwnerId = republic.Jonas.Id,
            Kind = DatasetWork.KindOfJob,
            Subject = id,
            Input = new DatasetOrder(VersionOrigin.Edits, new RefinerySettings(), null).ToJson(),
            Status = JobStatus.Running,
            CreatedAt = now,
            StartedAt = now,
            HeartbeatAt = now.AddHours(1),
        };
        return republic.QueryAsync(async db =>
        {
            db.Jobs.Add(job);
            await db.SaveChangesAsync(Ct);
            return await db.Datasets.Where(d => d.Id == id).ExecuteUpdateAsync(set => set.SetProperty(d => d.JobId, job.Id), Ct);
        });
    }

    private static object Messages(string answer) =>
        new { messages = new[] { new { role = "user", content = "Written by hand?" }, new { role = "assistant", content = answer } } };
}
