using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering.Tools;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Work;
using Republic.Core.Tools.Calls;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>Work on a task that waits for its owner to decide on a tool call, and what comes in between.</summary>
public sealed class TaskToolEndTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant mira = republic.Mira;
    private readonly ToolTasks asked = new(republic, republic.Mira);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Tasked Tasks => asked.Tasks;

    [Fact]
    public async Task Stopping_it_ends_what_waits_and_keeps_what_came()
    {
        await using var vendor = ToolTasks.Maker("Stop the work");
        var task = await asked.GiveAsync(vendor, "task-halted", "create_task");
        var waiting = await Tasks.EndAsync(task);

        Assert.True((await Tasks.StopAsync(task)).Ok);

        var stopped = await Tasks.EndAsync(task);
        Assert.Equal((TaskAttemptState.Stopped, "I would note it."), (stopped.State, stopped.Text));
        Assert.Equal(ToolCallStatus.Expired, Assert.Single(stopped.ToolCalls).Status);
        await asked.RefusedAsync(409, waiting);
        Assert.Equal(0, await asked.MadeAsync("Stop the work"));
    }

    [Fact]
    public async Task A_task_that_is_given_to_somebody_else_or_moved_ends_what_waits()
    {
        await using var vendor = ToolTasks.Maker("Give away");
        var given = await asked.GiveAsync(vendor, "task-given", "create_task");
        var moved = await asked.GiveAsync(vendor, "task-moved", "create_task");
        var waiting = await Tasks.EndAsync(given);
        await Tasks.EndAsync(moved);

        await Tasks.AssignAsync(given, null);
        await Tasks.MoveAsync(moved, WorkTaskStatus.Done);

        foreach (var task in (Guid[])[given, moved])
        {
            var ended = await Tasks.EndAsync(task);
            Assert.Equal(TaskAttemptState.Stopped, ended.State);
            Assert.Equal(ToolCallStatus.Expired, Assert.Single(ended.ToolCalls).Status);
        }

        await asked.RefusedAsync(409, waiting);
        Assert.Equal(0, await asked.MadeAsync("Give away"));
    }

    [Fact]
    public async Task Whoever_decides_before_it_waits_is_not_waited_for()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var task = await asked.GiveAsync(vendor, "task-quick", "create_task");
        await hand.Asked;
        await using (var held = await HeldTurn.TakeAsync(republic, db => db.LockTasksAsync(mira.Id, Ct)))
        {
            hand.EndsCalling(new PlayedCall("c1", "create_task", """{"title":"Be quick"}"""));
            await held.WaitedForAsync(1, "pg_advisory_xact_lock");
            vendor.Answers("Noted.");
            await asked.ApproveAsync((await Tasks.AttemptsAsync(task))[0]);
        }

        await asked.UntilAsync(task, TaskAttemptState.HandedIn);
        Assert.Equal(1, await asked.MadeAsync("Be quick"));
    }

    [Fact]
    public async Task What_was_approved_when_the_process_died_is_made_once_by_the_next()
    {
        await using var vendor = ToolTasks.Maker("Survive the night");
        var task = await asked.GiveAsync(vendor, "task-survivor", "create_task");
        var waiting = await Tasks.EndAsync(task);
        // As the row stands where the process is killed behind the approval's commit.
        await republic.QueryAsync(db =>
            db.ToolCalls.Where(c => c.AttemptId == waiting.Id)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(c => c.Status, ToolCallStatus.Approved)
                            .SetProperty(c => c.SettledAt, c => c.AskedAt.AddMinutes(-1)),
                    Ct
                )
        );

        var sweep = republic.Services.GetRequiredService<ToolSweep>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => sweep.SweepAsync(Ct)));

        await asked.UntilAsync(task, TaskAttemptState.HandedIn);
        Assert.Equal(1, await asked.MadeAsync("Survive the night"));
    }

    [Fact]
    public async Task What_had_come_is_kept_where_it_cannot_go_on()
    {
        await using var vendor = ToolTasks.Maker("Without me");
        var task = await asked.GiveAsync(vendor, "task-gone", "create_task");
        var waiting = await Tasks.EndAsync(task);
        await mira.Api.DeleteAsync($"/api/minions/{waiting.MinionId}");

        await asked.ApproveAsync(waiting);

        var stopped = await asked.UntilAsync(task, TaskAttemptState.Stopped);
        Assert.Equal(("I would note it.", 7), (stopped.Text, stopped.PromptTokens));
        Assert.Equal(ToolCallStatus.Expired, Assert.Single(stopped.ToolCalls).Status);
        Assert.Equal(0, await asked.MadeAsync("Without me"));
    }

    [Fact]
    public async Task After_seven_days_it_is_over_and_the_history_says_so()
    {
        await using var vendor = ToolTasks.Maker("Too late for it");
        var task = await asked.GiveAsync(vendor, "task-late", "create_task");
        var waiting = await Tasks.EndAsync(task);
        await republic.QueryAsync(db =>
            db.ToolCalls.Where(c => c.AttemptId == waiting.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.AskedAt, c => c.AskedAt.AddDays(-8)), Ct)
        );

        await republic.Services.GetRequiredService<ToolSweep>().SweepAsync(Ct);

        var over = await asked.UntilAsync(task, TaskAttemptState.Stopped);
        Assert.Contains("7 days", over.Error!, StringComparison.Ordinal);
        Assert.Equal(ToolCallStatus.Expired, Assert.Single(over.ToolCalls).Status);
        Assert.Contains(await Tasks.HistoryAsync(task), activity => activity.Kind == TaskActivityKind.WorkStopped);
        Assert.True((await Tasks.StartAsync(task)).Ok);
    }
}
