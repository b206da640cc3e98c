using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Audit;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Work;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>Work that ends before its time: nothing is lost, handed in twice, or paid for twice unasked.</summary>
public sealed class TaskStopTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Tasked Tasks => new(republic, republic.Jonas);

    [Fact]
    public async Task A_person_stops_it_and_what_has_come_is_kept()
    {
        await using var vendor = new FakeVendor();
        var (task, _, hand) = await BegunAsync(vendor);
        await UntilSavedAsync(task, hand);
        Assert.Contains("at work", (await Tasks.StartAsync(task)).Failure!.Message);

        Assert.True((await Tasks.StopAsync(task)).Ok);
        await hand.ClientGone;

        var end = await Tasks.EndAsync(task);
        Assert.Equal((TaskAttemptState.Stopped, "You stopped it."), (end.State, end.Error));
        Assert.StartsWith("Half", end.Text);
        Assert.Equal(WorkTaskStatus.InProgress, (await Tasks.ReadAsync(task)).Status);
        Assert.False((await Tasks.StopAsync(task)).Ok);
        Assert.Single(vendor.Requests);
    }

    [Fact]
    public async Task It_is_not_stopped_before_its_job_is()
    {
        await using var vendor = new FakeVendor();
        var (task, _, hand) = await BegunAsync(vendor);
        var attempt = (await Tasks.AttemptsAsync(task))[0].Id;
        var job = await republic.QueryAsync(db => db.Jobs.Where(j => j.Subject == attempt).Select(j => j.Id).SingleAsync(Ct));
        Task<Outcome<Guid>> stopped;
        await using (var held = await HeldTurn.TakeAsync(republic, db => db.LockJobAsync(job)))
        {
            stopped = Tasks.StopAsync(task);
            await held.WaitedForAsync(1, "update jobs set status = ");
            Assert.True((await Tasks.AttemptsAsync(task))[0].IsActive);
        }

        Assert.True((await stopped).Ok);
        await hand.ClientGone;
        Assert.Equal(TaskAttemptState.Stopped, (await Tasks.EndAsync(task)).State);
    }

    [Fact]
    public async Task An_answer_that_is_complete_as_it_is_stopped_is_not_handed_in_but_kept_with_what_it_took()
    {
        await using var vendor = new FakeVendor();
        var (task, _, hand) = await BegunAsync(vendor);
        Task<Outcome<Guid>> stopped;
        await using (var turn = await HeldTurn.TakeAsync(republic, db => db.LockTasksAsync(republic.Jonas.Id, Ct)))
        {
            stopped = Tasks.StopAsync(task);
            await turn.WaitedForAsync(1, "pg_advisory_xact_lock");
            hand.Says("Whole.");
            hand.Ends();
            await turn.WaitedForAsync(2, "pg_advisory_xact_lock");
        }

        Assert.True((await stopped).Ok);
        var kept = await Until.SomethingAsync(async () =>
            (await Tasks.AttemptsAsync(task))[0] is { CompletionTokens: not null } paid ? paid : null
        );
        Assert.Equal((TaskAttemptState.Stopped, "Whole."), (kept.State, kept.Text));
        Assert.Empty(await Tasks.CommentsAsync(task));
    }

    [Fact]
    public async Task A_superuser_stops_it_and_its_owner_reads_who_did()
    {
        await using var vendor = new FakeVendor();
        var (task, _, hand) = await BegunAsync(vendor);
        var working = $"/api/admin/jobs?kind=task&status=RUNNING&owner_id={republic.Jonas.Id}";
        var job = Assert.Single((await republic.Mira.Api.GetAsync(working))["jobs"]!.AsArray())!;
        var nodes = (await republic.Mira.Api.GetAsync("/api/admin/nodes"))["nodes"]!.AsArray();
        var node = Assert.Single(nodes, node => (string?)node!["name"] == (string?)job["node"])!;
        Assert.True((int)node["jobs"]! >= 1);

        await republic.Mira.Api.PostAsync($"/api/admin/jobs/{job["id"]}/stop");
        await hand.ClientGone;

        var end = await Tasks.EndAsync(task);
        Assert.Equal((TaskAttemptState.Stopped, "Mira, a superuser, stopped it."), (end.State, end.Error));
        var entries = await republic.QueryAsync(db => db.AuditEntries.Where(e => e.PersonId == republic.Mira.Id).ToListAsync());
        Assert.Contains(entries, e => e is { Action: AuditActions.JobStopped, Subject: "task of Jonas" });
    }

    [Theory]
    [InlineData(WorkTaskStatus.Todo)]
    [InlineData(WorkTaskStatus.Review)]
    [InlineData(WorkTaskStatus.Done)]
    [InlineData(WorkTaskStatus.Archived)]
    public async Task A_task_that_is_moved_meanwhile_stops_it(WorkTaskStatus status)
    {
        await using var vendor = new FakeVendor();
        var (task, _, hand) = await BegunAsync(vendor);

        await Tasks.MoveAsync(task, status);
        await hand.ClientGone;

        Assert.Equal(TaskAttemptState.Stopped, (await Tasks.EndAsync(task)).State);
        Assert.Equal(status, (await Tasks.ReadAsync(task)).Status);
        Assert.Empty(await Tasks.CommentsAsync(task));
    }

    [Fact]
    public async Task A_task_that_is_given_to_another_minion_is_begun_by_that_one()
    {
        await using var vendor = new FakeVendor();
        var (task, _, hand) = await BegunAsync(vendor);
        await using var other = new FakeVendor();
        other.Answers("Done by another.");
        var next = await MinionAsync(other);

        await Tasks.AssignAsync(task, next);
        await hand.ClientGone;

        var end = await Tasks.EndAsync(task, attempts: 2);
        Assert.Equal((TaskAttemptState.HandedIn, next), (end.State, end.MinionId));
        Assert.Equal(TaskAttemptState.Stopped, (await Tasks.AttemptsAsync(task))[1].State);
    }

    [Fact]
    public async Task A_minion_that_is_deleted_at_work_hangs_up_and_the_task_says_so()
    {
        await using var vendor = new FakeVendor();
        var (task, minion, hand) = await BegunAsync(vendor);
        await UntilSavedAsync(task, hand);

        await republic.Jonas.Api.DeleteAsync($"/api/minions/{minion}");
        await hand.ClientGone;

        var end = await Tasks.EndAsync(task);
        Assert.Equal(TaskAttemptState.Stopped, end.State);
        Assert.Contains("deleted or paused", end.Error);
        Assert.StartsWith("Half", end.Text);
    }

    [Fact]
    public async Task A_task_that_is_deleted_at_work_hangs_up()
    {
        await using var vendor = new FakeVendor();
        var (task, _, hand) = await BegunAsync(vendor);

        await Tasks.DeleteAsync(task);

        await hand.ClientGone;
        Assert.Single(vendor.Requests);
    }

    [Fact]
    public async Task A_process_that_died_at_work_asks_no_second_time_by_itself()
    {
        await using var vendor = new FakeVendor();
        var (task, _, hand) = await BegunAsync(vendor);
        await UntilSavedAsync(task, hand);
        vendor.Answers("Whole.");
        // As the node that noticed the silence would.
        await republic.QueryAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"""
                update jobs set status = 'Queued', epoch = epoch + 1, node = null
                where subject in (select id from task_attempts where task_id = {task})
                """
            )
        );

        var end = await Tasks.EndAsync(task);
        Assert.Equal(TaskAttemptState.Failed, end.State);
        Assert.Contains("interrupted", end.Error);
        Assert.StartsWith("Half", end.Text);
        Assert.Single(vendor.Requests);
        Assert.Empty(await Tasks.CommentsAsync(task));

        Assert.True((await Tasks.StartAsync(task)).Ok);
        Assert.Equal(TaskAttemptState.HandedIn, (await Tasks.EndAsync(task, attempts: 2)).State);
        Assert.Equal(2, vendor.Requests.Count);
        Assert.Single(await Tasks.CommentsAsync(task), comment => comment.Kind == TaskCommentKind.HandIn);
    }

    [Fact]
    public async Task An_attempt_that_no_job_will_come_to_can_be_started_again()
    {
        await using var vendor = new FakeVendor();
        var (task, _, _) = await BegunAsync(vendor);
        vendor.Answers("Whole.");
        await republic.QueryAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"""
                update jobs set status = 'Failed', error = 'Its process died five times.'
                where subject in (select id from task_attempts where task_id = {task})
                """
            )
        );

        Assert.Equal(TaskAttemptState.Failed, (await Tasks.EndAsync(task)).State);
        Assert.True((await Tasks.StartAsync(task)).Ok);

        Assert.Equal(TaskAttemptState.HandedIn, (await Tasks.EndAsync(task, attempts: 2)).State);
        Assert.Equal(TaskAttemptState.Failed, (await Tasks.AttemptsAsync(task))[1].State);
    }

    /// <summary>The text is saved once a second, with the piece that comes then.</summary>
    private Task UntilSavedAsync(Guid task, VendorStream hand) =>
        Until.TrueAsync(async () =>
        {
            hand.Says("Half ");
            return (await Tasks.AttemptsAsync(task))[0].Text.Length > 0;
        });

    /// <summary>A task whose minion is being asked.</summary>
    private async Task<(Guid Task, Guid Minion, VendorStream Hand)> BegunAsync(FakeVendor vendor)
    {
        var minion = await MinionAsync(vendor);
        var hand = vendor.AnswersByHand();
        var task = await Tasks.MakeAsync(minion);
        await hand.Asked;
        return (task, minion, hand);
    }

    private async Task<Guid> MinionAsync(FakeVendor vendor) =>
        (await republic.Jonas.NewMinionAsync($"m-{Guid.CreateVersion7():N}", vendor)).Id;
}
