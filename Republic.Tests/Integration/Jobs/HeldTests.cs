using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Jobs;

/// <summary>Jobs whose process died again and again.</summary>
[Collection(nameof(JobWorld))]
public sealed class HeldTests(JobWorld world)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private JobControl Control => world.Services.GetRequiredService<JobControl>();

    [Fact]
    public async Task A_job_whose_process_died_five_times_is_held_and_goes_on_by_itself_once_its_time_is_over()
    {
        using var live = world.Services.GetRequiredService<LiveEvents>().Subscribe(world.Jonas.Id);
        var job = await DeadAsync(attempts: 5);

        var held = await HeldAsync(job.Id, holds: 1);
        Assert.Equal((JobStatus.Queued, 5, 0.4, null), (held.Status, held.Attempts, held.Progress, held.Node));
        Assert.Equal("It was begun 5 times, and each time its process died or lost the database", held.Phase);
        Assert.InRange(held.HeldUntil!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(10));
        List<LiveEvent> heard = [];
        while (!heard.Exists(e => e.Name == "hand.progress" && e.Subject == job.Subject))
        {
            heard.AddRange((await live.NextAsync(TimeSpan.FromSeconds(30), Ct)).Items.Select(item => item.Event));
        }

        await PassedOverAsync();
        Assert.Equal(0, world.Work.StartsOf(job.Id));

        await world.ExecuteAsync($"update jobs set held_until = clock_timestamp() where id = {job.Id}");
        var start = await world.Work.StartOfAsync(job.Id, epoch: 7);
        var begun = await world.ReadAsync(job.Id);
        Assert.Equal((JobStatus.Running, 6, 1, null), (begun.Status, begun.Attempts, begun.Holds, begun.HeldUntil));
        start.End.SetResult(world.Renames("Jonas"));
        Assert.Equal(JobStatus.Completed, (await world.EndOfAsync(job.Id)).Status);
    }

    [Fact]
    public async Task A_job_that_gets_no_further_is_held_longer_each_time_and_given_up_in_the_end()
    {
        var job = await DeadAsync(attempts: 5, holds: 1);
        var begun = await world.Work.StartOfAsync(job.Id, epoch: 6);
        await DiesAsync(job.Id);
        await begun.CancelledAsync();
        begun.Heeds();
        var held = await HeldAsync(job.Id, holds: 2);
        Assert.InRange(held.HeldUntil!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(25), TimeSpan.FromMinutes(30));

        await world.ExecuteAsync($"update jobs set holds = 6, attempts = 10 where id = {job.Id}");
        await DiesAsync(job.Id);
        var last = await HeldAsync(job.Id, holds: 7);
        Assert.InRange(last.HeldUntil!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(5.3), TimeSpan.FromHours(6));
        await DiesAsync(job.Id);
        var end = await world.EndOfAsync(job.Id);

        Assert.Equal((JobStatus.Failed, null), (end.Status, end.HeldUntil));
        Assert.Contains("begun 12 times", end.Error);
        Assert.Contains("held 7 times", end.Error);
        Assert.Equal(1, world.Work.StartsOf(job.Id));
    }

    [Fact]
    public async Task A_job_that_gets_further_is_begun_as_often_as_a_new_one()
    {
        var job = await DeadAsync(attempts: 6, holds: 2);
        var start = await world.Work.StartOfAsync(job.Id, epoch: 7);

        await world
            .Services.GetRequiredService<JobFence>()
            .WriteAsync(start.Run, (db, end) => JobFence.ForgiveAsync(db, start.Run, end), Ct);

        var after = await world.ReadAsync(job.Id);
        Assert.Equal((1, 0), (after.Attempts, after.Holds));
        start.End.SetResult(Failure.Conflict("The test is over."));
        Assert.Equal("The test is over.", (await world.EndOfAsync(job.Id)).Error);
    }

    [Fact]
    public async Task A_held_job_that_its_person_cancels_is_not_begun_again()
    {
        var job = await DeadAsync(attempts: 5);
        await HeldAsync(job.Id, holds: 1);

        var cancelled = await Control.CancelAsync(world.Jonas.Id, job.Id, Ct);

        Assert.Equal((JobStatus.Cancelled, null), (cancelled.Value!.Status, cancelled.Value.HeldUntil));
        Assert.False(await Control.GoOnAsync(world.Jonas.Id, job.Id, Ct));
        await PassedOverAsync();
        Assert.Equal((JobStatus.Cancelled, 0), ((await world.ReadAsync(job.Id)).Status, world.Work.StartsOf(job.Id)));
    }

    [Fact]
    public async Task A_held_job_goes_on_when_its_person_says_so_and_nobody_else()
    {
        var job = await DeadAsync(attempts: 5);
        await HeldAsync(job.Id, holds: 1);

        Assert.False(await Control.GoOnAsync(world.Ada.Id, job.Id, Ct));
        Assert.NotNull((await world.ReadAsync(job.Id)).HeldUntil);
        Assert.True(await Control.GoOnAsync(world.Jonas.Id, job.Id, Ct));

        var start = await world.Work.StartOfAsync(job.Id, epoch: 7);
        Assert.False(await Control.GoOnAsync(world.Jonas.Id, job.Id, Ct));
        start.End.SetResult(Failure.Conflict("The test is over."));
        await world.EndOfAsync(job.Id);
    }

    [Fact]
    public async Task A_held_job_is_begun_by_no_node_before_its_time_and_by_one_alone_afterwards()
    {
        const string Kind = "held hand";
        // Of nodes with a store of their own; the one of this world does not know the kind.
        var store = new JobStore(
            world.Services.GetRequiredService<IDbContextFactory<RepublicDb>>(),
            [new JobKind(Kind, () => world.Work, AtOnce: 100, PerPerson: int.MaxValue, CanPause: false)],
            world.Services.GetRequiredService<IOptions<JobOptions>>()
        );
        var job = JobWorld.NewJob(world.Ada.Id, Kind);
        // No sweep looks at it.
        (job.HeldUntil, job.HeartbeatAt) = (job.CreatedAt.AddHours(1), job.CreatedAt.AddHours(1));
        await world.AddAsync(job);

        Assert.All(await BeginAsync(), begun => Assert.Null(begun));
        await world.ExecuteAsync($"update jobs set held_until = null where id = {job.Id}");
        Assert.Single(await BeginAsync(), begun => begun is not null);
        await world.ExecuteAsync($"update jobs set status = 'Cancelled' where id = {job.Id}");

        Task<Job?[]> BeginAsync() =>
            Task.WhenAll(Enumerable.Range(0, 12).Select(node => Task.Run(() => store.BeginAsync(job.Id, $"node {node}", [], Ct), Ct)));
    }

    /// <summary>A job of Jonas's whose process died just now, when it was begun the last time.</summary>
    private async Task<Job> DeadAsync(int attempts, int holds = 0)
    {
        var job = JobWorld.NewJob(world.Jonas.Id);
        (job.Status, job.Node, job.Epoch, job.Progress) = (JobStatus.Running, "dead", attempts, 0.4);
        (job.Attempts, job.Holds, job.HeartbeatAt) = (attempts, holds, job.CreatedAt.AddMinutes(-1));
        await world.AddAsync(job);
        return job;
    }

    /// <summary>Has the present start of a job, or one more of it, end with its process.</summary>
    private Task<int> DiesAsync(Guid job) =>
        world.ExecuteAsync(
            $"""
            update jobs set attempts = case when status = 'Running' then attempts else attempts + 1 end, status = 'Running', held_until = null,
              epoch = epoch + 1, node = 'dead', heartbeat_at = clock_timestamp() - interval '1 minute'
            where id = {job}
            """
        );

    private Task<Job> HeldAsync(Guid job, int holds) => world.UntilAsync(job, j => j.HeldUntil is not null && j.Holds == holds);

    /// <summary>The sweep has been here: it found a job that nobody was told of.</summary>
    private async Task PassedOverAsync()
    {
        var other = JobWorld.NewJob(world.Jonas.Id);
        await world.AddAsync(other);
        (await world.Work.StartOfAsync(other.Id)).End.SetResult(Failure.Conflict("The test is over."));
        await world.EndOfAsync(other.Id);
    }
}
