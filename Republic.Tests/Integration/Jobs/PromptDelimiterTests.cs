using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Jobs;

/// <summary>What a start may write while it works, and what becomes of it when the database is lost.</summary>
[Collection(nameof(JobWorld))]
public sealed class PromptDelimiterTests(JobWorld world)
{
    private JobFence PromptDelimiter => world.Services.GetRequiredService<JobFence>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_that_slept_past_its_time_is_refused_and_has_written_nothing()
    {
        var name = await world.NameOfJonasAsync();
        var job = await world.StartAsync();
        var start = await world.Work.StartOfAsync(job.Id);
        await world.ExecuteAsync(
            $"update jobs set epoch = epoch + 1, node = 'another', heartbeat_at = clock_timestamp() where id = {job.Id}"
        );

        await Assert.ThrowsAsync<JobOvertakenException>(() => PromptDelimiter.WriteAsync(start.Run, Rename("written late"), Ct));

        Assert.Equal(name, await world.NameOfJonasAsync());
        start.End.SetResult(Failure.Conflict("The test is over."));
        // The other one falls silent in turn.
        (await world.Work.StartOfAsync(job.Id, epoch: 3)).End.SetResult(Failure.Conflict("The test is over."));
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_made_once()
    {
        var job = await world.StartAsync();
        var start = await world.Work.StartOfAsync(job.Id);
        var writes = 0;

        await PromptDelimiter.WriteAsync(
            start.Run,
            async (db, ct) =>
            {
                writes++;
                await db.Database.CurrentTransaction!.CommitAsync(ct);
                throw new TimeoutException("The answer was lost.");
            },
            Ct
        );

        start.End.SetResult(Failure.Conflict("The test is over."));
        Assert.Equal(1, writes);
    }

    [Fact]
    public async Task A_write_that_was_lost_is_made_again()
    {
        var job = await world.StartAsync();
        var start = await world.Work.StartOfAsync(job.Id);
        var writes = 0;

        await PromptDelimiter.WriteAsync(
            start.Run,
            (_, _) => writes++ == 0 ? throw new TimeoutException("The database is away.") : Task.CompletedTask,
            Ct
        );

        start.End.SetResult(Failure.Conflict("The test is over."));
        Assert.Equal(2, writes);
    }

    [Fact]
    public async Task A_node_that_is_stopped_in_the_middle_of_a_write_does_not_hold_the_job_against_its_successor()
    {
        var job = await world.StartAsync();
        var start = await world.Work.StartOfAsync(job.Id);
        var (began, asleep) = (new TaskCompletionSource(), new TaskCompletionSource());
        var writing = PromptDelimiter.WriteAsync(
            start.Run,
            (_, _) =>
            {
                began.TrySetResult();
                return asleep.Task;
            },
            Ct
        );
        await began.Task;

        var taken = await world.ExecuteAsync(
            $"update jobs set epoch = 2, node = 'another', heartbeat_at = clock_timestamp() where id = {job.Id} and last_write is null"
        );
        asleep.SetResult();

        Assert.Equal(1, taken);
        await Assert.ThrowsAsync<JobOvertakenException>(() => writing);
        start.End.SetResult(Failure.Conflict("The test is over."));
        (await world.Work.StartOfAsync(job.Id, epoch: 3)).End.SetResult(Failure.Conflict("The test is over."));
    }

    [Fact]
    public async Task Work_that_loses_the_database_is_begun_again()
    {
        var job = await world.StartAsync();

        (await world.Work.StartOfAsync(job.Id)).End.SetException(new NpgsqlException("The connection is gone.", new IOException("Reset.")));

        (await world.Work.StartOfAsync(job.Id, epoch: 2)).End.SetResult(world.Renames("Jonas"));
        Assert.Equal(JobStatus.Completed, (await world.EndOfAsync(job.Id)).Status);
    }

    private Func<RepublicDb, CancellationToken, Task> Rename(string name) =>
        (db, ct) => db.Citizens.Where(c => c.Id == world.Jonas.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.DisplayName, name), ct);
}
