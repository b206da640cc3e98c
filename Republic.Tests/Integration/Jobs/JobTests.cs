using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Events;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Jobs;

[Collection(nameof(JobWorld))]
public sealed class JobTests(JobWorld world)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_tells_how_far_it_is_and_saves_what_it_made_with_its_end()
    {
        using var live = world.Services.GetRequiredService<LiveEvents>().Subscribe(world.Jonas.Id);
        var job = await world.StartAsync();
        var start = await world.Work.StartOfAsync(job.Id);

        start.Run.Report(0.5, "Half way", """{"rows": 5}""");
        var half = await world.UntilAsync(job.Id, j => j.Progress == 0.5);
        start.End.SetResult(world.Renames("Jonas of the first test"));
        var end = await world.EndOfAsync(job.Id);

        Assert.Equal((JobStatus.Running, "Half way", 1), (half.Status, half.Phase, half.Epoch));
        Assert.Contains("5", half.Detail);
        Assert.NotNull(half.Remaining);
        Assert.Equal((JobStatus.Completed, 1.0), (end.Status, end.Progress));
        Assert.Equal("Jonas of the first test", await world.NameOfJonasAsync());
        List<LiveEvent> heard = [];
        while (!heard.Exists(e => e.Name == "hand.done" && e.Subject == job.Subject))
        {
            heard.AddRange((await live.NextAsync(TimeSpan.FromSeconds(30), Ct)).Items.Select(item => item.Event));
        }

        Assert.Contains(heard, e => e.Name == "hand.progress" && e.Subject == job.Subject);
    }

    [Fact]
    public async Task An_expected_failure_is_said_as_it_is_and_a_fault_is_logged()
    {
        var refused = await world.StartAsync();
        var broken = await world.StartAsync();

        (await world.Work.StartOfAsync(refused.Id)).End.SetResult(Failure.Conflict("The disk is full."));
        (await world.Work.StartOfAsync(broken.Id)).End.SetException(new InvalidOperationException("a secret detail"));

        var end = await world.EndOfAsync(refused.Id);
        Assert.Equal((JobStatus.Failed, "The disk is full."), (end.Status, end.Error));
        var fault = await world.EndOfAsync(broken.Id);
        Assert.Equal(JobStatus.Failed, fault.Status);
        Assert.DoesNotContain("secret", fault.Error);
        Assert.Contains(world.Log, line => line.Contains(broken.Id.ToString()) && line.Contains("a secret detail"));
    }

    [Fact]
    public async Task A_cancelled_job_hears_of_it_and_what_it_makes_all_the_same_is_discarded()
    {
        var name = await world.NameOfJonasAsync();
        var job = await world.StartAsync();
        var start = await world.Work.StartOfAsync(job.Id);
        var (discarded, kept) = (false, false);

        var cancelled = await world.Services.GetRequiredService<JobControl>().CancelAsync(world.Jonas.Id, job.Id, Ct);
        await start.CancelledAsync();
        start.End.SetResult(
            world.Renames("never", () => discarded = true) with
            {
                Refused = async _ =>
                {
                    await world.ReadAsync(job.Id);
                    kept = true;
                },
            }
        );
        await Until.TrueAsync(() => kept);

        Assert.True(cancelled.Ok);
        Assert.True(discarded);
        Assert.Equal(JobStatus.Cancelled, (await world.ReadAsync(job.Id)).Status);
        Assert.Equal(name, await world.NameOfJonasAsync());
    }

    [Fact]
    public async Task Jobs_are_cancelled_with_the_rest_of_a_transaction_or_not_at_all()
    {
        var (mine, theirs) = (await world.StartAsync(), await world.StartAsync(JobWorld.NewJob(world.Ada.Id)));
        var (start, other) = (await world.Work.StartOfAsync(mine.Id), await world.Work.StartOfAsync(theirs.Id));

        await InTransactionAsync(commits: false);
        Assert.Equal(JobStatus.Running, (await world.ReadAsync(mine.Id)).Status);
        var cancelled = await InTransactionAsync(commits: true);
        await start.CancelledAsync();

        start.Heeds();
        other.End.SetResult(Failure.Conflict("The test is over."));
        var ended = Assert.Single(cancelled);
        Assert.Equal((mine.Id, JobStatus.Cancelled, "Enough."), (ended.Id, ended.Status, ended.Error));
        Assert.Equal(JobStatus.Failed, (await world.EndOfAsync(theirs.Id)).Status);

        Task<IReadOnlyList<Job>> InTransactionAsync(bool commits) =>
            world.QueryAsync(async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(Ct);
                var jobs = await JobControl.CancelInAsync(db, world.Jonas.Id, [mine.Id, theirs.Id], "Enough.", Ct);
                await (commits ? transaction.CommitAsync(Ct) : transaction.RollbackAsync(Ct));
                return jobs;
            });
    }

    [Fact]
    public async Task Another_person_cannot_cancel_a_job()
    {
        var job = await world.StartAsync();
        var start = await world.Work.StartOfAsync(job.Id);

        var refused = await world.Services.GetRequiredService<JobControl>().CancelAsync(world.Ada.Id, job.Id, Ct);
        start.End.SetResult(world.Renames("Jonas"));

        Assert.Equal(FailureKind.NotFound, refused.Failure?.Kind);
        Assert.Equal(JobStatus.Completed, (await world.EndOfAsync(job.Id)).Status);
    }

    [Fact]
    public async Task A_holder_that_another_start_has_overtaken_is_told_and_saves_nothing()
    {
        var name = await world.NameOfJonasAsync();
        var job = await world.StartAsync();
        var start = await world.Work.StartOfAsync(job.Id);
        var discarded = false;

        // What a second node does when this one has slept for too long.
        await world.ExecuteAsync(
            $"update jobs set epoch = epoch + 1, node = 'another', heartbeat_at = clock_timestamp() where id = {job.Id}"
        );
        await start.CancelledAsync();
        start.End.SetResult(world.Renames("never", () => discarded = true));
        await Until.TrueAsync(() => discarded);

        var theirs = await world.ReadAsync(job.Id);
        Assert.Equal((2, "another"), (theirs.Epoch, theirs.Node));
        Assert.Equal(name, await world.NameOfJonasAsync());
        // That node falls silent in turn, and this one takes the job again.
        (await world.Work.StartOfAsync(job.Id, epoch: 3)).End.SetResult(world.Renames("Jonas again"));
        Assert.Equal(JobStatus.Completed, (await world.EndOfAsync(job.Id)).Status);
    }

    [Fact]
    public async Task A_job_that_nobody_was_told_of_is_found()
    {
        var job = JobWorld.NewJob(world.Jonas.Id);

        await world.AddAsync(job);

        (await world.Work.StartOfAsync(job.Id)).End.SetResult(world.Renames("Jonas"));
        Assert.Equal(JobStatus.Completed, (await world.EndOfAsync(job.Id)).Status);
        Assert.Equal(1, world.Work.StartsOf(job.Id));
    }

    [Fact]
    public async Task Work_that_this_version_does_not_know_says_so()
    {
        var job = new Job
        {
            OwnerId = world.Jonas.Id,
            Kind = "unheard-of",
            Subject = Guid.CreateVersion7(),
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };

        await world.AddAsync(job);

        Assert.Contains("unheard-of", (await world.EndOfAsync(job.Id)).Error);
    }

    [Fact]
    public async Task What_the_database_refuses_fails_the_job_at_once_and_is_discarded()
    {
        var job = await world.StartAsync();
        var discarded = 0;

        JobResult refused = new(
            (db, ct) => db.Database.ExecuteSqlAsync($"select 'no number'::int", ct),
            () => Interlocked.Increment(ref discarded)
        );
        (await world.Work.StartOfAsync(job.Id)).End.SetResult(refused);

        var end = await world.EndOfAsync(job.Id);
        Assert.Equal((JobStatus.Failed, 1, 1), (end.Status, end.Epoch, discarded));
        Assert.Contains("the database refused it", end.Error);
    }

    [Fact]
    public async Task A_failure_that_quotes_what_no_database_holds_is_said_all_the_same()
    {
        var job = await world.StartAsync();

        (await world.Work.StartOfAsync(job.Id)).End.SetResult(Failure.Conflict("There is no column \"a\0b\ud800c\"."));

        Assert.Equal("There is no column \"a\uFFFDb\uFFFDc\".", (await world.EndOfAsync(job.Id)).Error);
    }

    [Fact]
    public async Task An_end_that_was_saved_though_the_answer_was_lost_stays_saved()
    {
        using var live = world.Services.GetRequiredService<LiveEvents>().Subscribe(world.Jonas.Id);
        var job = await world.StartAsync();
        var (saves, discarded) = (0, 0);

        JobResult interrupted = new(
            async (db, ct) =>
            {
                saves++;
                await db.Database.CurrentTransaction!.CommitAsync(ct);
                throw new TimeoutException("The answer was lost.");
            },
            () => discarded++
        );
        (await world.Work.StartOfAsync(job.Id)).End.SetResult(interrupted);
        List<LiveEvent> heard = [];
        while (!heard.Exists(e => e.Name == "hand.done" && e.Subject == job.Subject))
        {
            heard.AddRange((await live.NextAsync(TimeSpan.FromSeconds(30), Ct)).Items.Select(item => item.Event));
        }

        Assert.Equal((JobStatus.Completed, 1, 0), ((await world.ReadAsync(job.Id)).Status, saves, discarded));
    }
}
