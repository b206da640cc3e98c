using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Jobs;

/// <summary>Jobs that need what a node has one of.</summary>
[Collection(nameof(JobWorld))]
public sealed class WaitingTests(JobWorld world)
{
    [Fact]
    public async Task A_job_that_finds_it_taken_goes_back_to_the_queue_and_comes_again_when_it_is_free_without_costing_an_attempt()
    {
        const string What = "kiln";
        var first = await world.Work.StartOfAsync((await world.StartAsync()).Id);
        var job = await world.StartAsync();
        var second = await world.Work.StartOfAsync(job.Id);
        Assert.True(first.Run.TryTake(What));
        Assert.True(first.Run.TryTake(What));
        Assert.False(second.Run.TryTake(What));

        second.Run.Report(0.4, "Shaping");
        second.End.SetResult(JobResult.WaitFor(What));
        var waiting = await world.UntilAsync(job.Id, j => j.Status == JobStatus.Queued);
        Assert.Equal((What, 0, 0.4, null), (waiting.WaitsFor, waiting.Attempts, waiting.Progress, waiting.Node));
        // The sweep has passed it over some times when another has come and gone.
        var other = await world.StartAsync();
        (await world.Work.StartOfAsync(other.Id)).End.SetResult(Failure.Conflict("The test is over."));
        await world.EndOfAsync(other.Id);
        Assert.Equal(1, world.Work.StartsOf(job.Id));

        first.Run.GiveBack();
        var again = await world.Work.StartOfAsync(job.Id, epoch: 2);
        Assert.False(first.Run.TryTake(What));
        Assert.True(again.Run.TryTake(What));

        again.End.SetResult(Failure.Conflict("The test is over."));
        await world.EndOfAsync(job.Id);
        await Until.TrueAsync(() => first.Run.TryTake(What));
        first.End.SetResult(Failure.Conflict("The test is over."));
    }

    [Fact]
    public async Task What_one_person_has_too_much_of_waits_and_keeps_nobody_else_waiting()
    {
        var first = await world.StartAsync(JobWorld.NewJob(world.Jonas.Id, HandWork.OnePerPerson));
        var start = await world.Work.StartOfAsync(first.Id);
        var second = await world.StartAsync(JobWorld.NewJob(world.Jonas.Id, HandWork.OnePerPerson));
        var of = await world.StartAsync(JobWorld.NewJob(world.Ada.Id, HandWork.OnePerPerson));

        var others = await world.Work.StartOfAsync(of.Id);
        // The sweep has passed the second one over when another of the same person has come and gone.
        var free = await world.StartAsync();
        (await world.Work.StartOfAsync(free.Id)).End.SetResult(Failure.Conflict("The test is over."));
        await world.EndOfAsync(free.Id);
        Assert.Equal((JobStatus.Queued, 0), ((await world.ReadAsync(second.Id)).Status, world.Work.StartsOf(second.Id)));

        start.End.SetResult(Failure.Conflict("The test is over."));
        var next = await world.Work.StartOfAsync(second.Id);
        next.End.SetResult(Failure.Conflict("The test is over."));
        others.End.SetResult(Failure.Conflict("The test is over."));
        await world.EndOfAsync(second.Id);
    }

    [Fact]
    public async Task Of_many_that_are_begun_at_a_time_for_one_person_no_more_run_than_may()
    {
        const string Kind = "two hands";
        var ct = TestContext.Current.CancellationToken;
        // As several nodes would, each with a store of its own; the one of this world does not know the kind.
        var store = new JobStore(
            world.Services.GetRequiredService<IDbContextFactory<RepublicDb>>(),
            [new JobKind(Kind, () => world.Work, AtOnce: 100, PerPerson: 2, CanPause: false)],
            world.Services.GetRequiredService<IOptions<JobOptions>>()
        );
        for (var round = 0; round < 3; round++)
        {
            var jobs = Enumerable.Range(0, 12).Select(_ => JobWorld.NewJob(world.Ada.Id, Kind)).ToList();
            // No sweep looks at them.
            jobs.ForEach(job => job.HeartbeatAt = job.CreatedAt.AddHours(1));
            await world.QueryAsync(db =>
            {
                db.Jobs.AddRange(jobs);
                return db.SaveChangesAsync(ct);
            });

            var begun = await Task.WhenAll(jobs.Select(job => Task.Run(() => store.BeginAsync(job.Id, "many", [], ct), ct)));

            await world.ExecuteAsync($"update jobs set status = 'Cancelled' where kind = {Kind}");
            Assert.Equal(2, begun.Count(job => job is not null));
        }
    }

    [Fact]
    public async Task A_job_whose_node_died_is_begun_at_once_whatever_it_had_waited_for()
    {
        const string What = "loom";
        var holder = await world.Work.StartOfAsync((await world.StartAsync()).Id);
        Assert.True(holder.Run.TryTake(What));
        var job = JobWorld.NewJob(world.Jonas.Id);
        (job.Status, job.Epoch, job.Attempts, job.WaitsFor) = (JobStatus.Running, 3, 1, What);
        (job.Node, job.HeartbeatAt) = ("dead", job.CreatedAt.AddMinutes(-1));

        await world.AddAsync(job);

        var begun = await world.Work.StartOfAsync(job.Id, epoch: 4);
        Assert.Null(begun.Run.Job.WaitsFor);
        begun.End.SetResult(Failure.Conflict("The test is over."));
        holder.End.SetResult(Failure.Conflict("The test is over."));
    }
}
