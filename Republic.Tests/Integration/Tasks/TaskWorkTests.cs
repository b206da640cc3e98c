using System.Text;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Providers.Routing;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Work;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

public sealed class TaskWorkTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Tasked tasks = new(republic, republic.Jonas);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_minion_that_is_given_a_task_hands_its_answer_in()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("The row is ", "10382.");
        var minion = await MinionAsync(vendor);
        var task = await tasks.MakeAsync(null);
        await tasks.AttachAsync(task, "export.csv", Encoding.UTF8.GetBytes("order;note\n10381;late\n"));
        await tasks.AttachAsync(task, "scan.png", [0x89, 0x50, 0x4E, 0x47, 1, 2, 3]);
        await tasks.SayAsync(task, "Compare by order number.");

        await tasks.AssignAsync(task, minion);

        var attempt = await tasks.EndAsync(task);
        Assert.Equal((TaskAttemptState.HandedIn, "The row is 10382."), (attempt.State, attempt.Text));
        Assert.Equal((7, 3, "vendor-model"), (attempt.PromptTokens, attempt.CompletionTokens, attempt.Model));
        Assert.Equal(WorkTaskStatus.Review, (await tasks.ReadAsync(task)).Status);
        var handIn = (await tasks.CommentsAsync(task))[^1];
        Assert.Equal((TaskCommentKind.HandIn, minion, "The row is 10382."), (handIn.Kind, handIn.CitizenId, handIn.Content));
        Assert.Equal(handIn.Id, attempt.CommentId);
        Assert.All(
            (await tasks.HistoryAsync(task)).Where(a => a.Kind is TaskActivityKind.Moved or TaskActivityKind.WorkBegun),
            activity => Assert.Equal(minion, activity.CitizenId)
        );
        var asked = vendor.LastRequest.LastMessage!;
        Assert.Contains("One row is missing in the file.", asked);
        Assert.Contains("Compare by order number.", asked);
        Assert.Contains("10381", asked);
        Assert.Contains("File scan.png (This is a picture.", asked);
        // Calls are written in batches.
        await Until.TrueAsync(() =>
            republic.QueryAsync(db => db.ModelCalls.AnyAsync(c => c.MinionId == minion && c.Purpose == CallPurpose.Task, Ct))
        );
    }

    [Fact]
    public async Task A_minion_that_needs_something_waits_and_goes_on_when_somebody_answers()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("NEEDS: the password of the archive");
        var task = await tasks.MakeAsync(await MinionAsync(vendor));

        var waiting = await tasks.EndAsync(task);
        Assert.Equal((TaskAttemptState.Waiting, WorkTaskStatus.InProgress), (waiting.State, (await tasks.ReadAsync(task)).Status));
        var question = Assert.Single(await tasks.CommentsAsync(task));
        Assert.Equal((TaskCommentKind.Blocked, "the password of the archive"), (question.Kind, question.Content));
        vendor.Answers("It is open.");

        await tasks.SayAsync(task, "It is hunter2.");

        Assert.Equal(TaskAttemptState.HandedIn, (await tasks.EndAsync(task, attempts: 2)).State);
        Assert.Contains("It is hunter2.", vendor.LastRequest.LastMessage);
        await tasks.SayAsync(task, "Thank you.");
        Assert.Equal(2, (await tasks.AttemptsAsync(task)).Count);
    }

    [Fact]
    public async Task What_is_sent_back_with_a_reason_is_done_again()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("31 rows differ.");
        var task = await tasks.MakeAsync(await MinionAsync(vendor));
        await tasks.EndAsync(task);

        await tasks.MoveAsync(task, WorkTaskStatus.InProgress, "Compare by order number, not by line.");

        var second = await tasks.EndAsync(task, attempts: 2);
        Assert.Equal((TaskAttemptState.HandedIn, 2), (second.State, second.Round));
        var asked = vendor.LastRequest.LastMessage!;
        Assert.Contains("This is round 2", asked);
        Assert.Contains("31 rows differ.", asked);
        Assert.Contains("Compare by order number, not by line.", asked);
        await tasks.MoveAsync(task, WorkTaskStatus.InProgress);
        Assert.Equal(2, (await tasks.AttemptsAsync(task)).Count);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_fails_with_what_came_and_is_not_handed_in()
    {
        await using var vendor = new FakeVendor();
        vendor.CutsAfter("Half ", "an answer");
        var task = await tasks.MakeAsync(await MinionAsync(vendor));

        var failed = await tasks.EndAsync(task);

        Assert.Equal((TaskAttemptState.Failed, "Half an answer"), (failed.State, failed.Text));
        Assert.NotNull(failed.Error);
        Assert.Equal(WorkTaskStatus.InProgress, (await tasks.ReadAsync(task)).Status);
        Assert.Empty(await tasks.CommentsAsync(task));
        Assert.Contains(await tasks.HistoryAsync(task), activity => activity.Kind == TaskActivityKind.WorkFailed);
        await tasks.SayAsync(task, "What happened?");
        Assert.Single(await tasks.AttemptsAsync(task));
        vendor.Answers("Whole.");
        Assert.True((await tasks.StartAsync(task)).Ok);
        Assert.Equal(TaskAttemptState.HandedIn, (await tasks.EndAsync(task, attempts: 2)).State);
    }

    [Fact]
    public async Task A_task_that_waits_for_another_begins_when_that_is_done()
    {
        await using var vendor = new FakeVendor();
        var first = await tasks.MakeAsync(null, "First");
        var task = await tasks.MakeAsync(await MinionAsync(vendor), "Second", dependsOn: first);

        Assert.Empty(await tasks.AttemptsAsync(task));
        Assert.Equal(WorkTaskStatus.Todo, (await tasks.ReadAsync(task)).Status);
        var refused = Assert.Single(await tasks.HistoryAsync(task), activity => activity.Kind == TaskActivityKind.WorkRefused);
        Assert.StartsWith($"It waits for T-{(await tasks.ReadAsync(first)).Number}", refused.After);
        Assert.Contains("It waits for", (await tasks.StartAsync(task)).Failure!.Message);

        await tasks.MoveAsync(first, WorkTaskStatus.Done);

        Assert.Equal(TaskAttemptState.HandedIn, (await tasks.EndAsync(task)).State);
    }

    [Fact]
    public async Task Nobody_begins_what_is_done_or_nobodys_or_of_a_minion_that_is_gone()
    {
        await using var vendor = new FakeVendor();
        var minion = await MinionAsync(vendor);
        var task = await tasks.MakeAsync(null);
        Assert.Contains("No minion is to do it", (await tasks.StartAsync(task)).Failure!.Message);
        await tasks.AssignAsync(task, minion);
        await tasks.EndAsync(task);
        Assert.Contains("handed in", (await tasks.StartAsync(task)).Failure!.Message);
        await tasks.MoveAsync(task, WorkTaskStatus.Done);
        Assert.Contains("done", (await tasks.StartAsync(task)).Failure!.Message);
        await republic.Jonas.Api.DeleteAsync($"/api/minions/{minion}");
        await tasks.MoveAsync(task, WorkTaskStatus.InProgress);
        Assert.Contains("was deleted", (await tasks.StartAsync(task)).Failure!.Message);
        Assert.Single(await tasks.AttemptsAsync(task));
    }

    [Fact]
    public async Task The_fourth_start_of_a_day_is_refused()
    {
        await using var vendor = new FakeVendor();
        vendor.CutsAfter("Half");
        var task = await tasks.MakeAsync(await MinionAsync(vendor));
        for (var start = 1; start <= 3; start++)
        {
            await tasks.EndAsync(task, start);
            Assert.Equal(start < 3, (await tasks.StartAsync(task)).Ok);
        }

        var refused = (await tasks.StartAsync(task)).Failure!;
        Assert.Contains("3 times today", refused.Message);
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
        Assert.Equal(3, (await tasks.SpendingAsync(task)).StartsToday);
    }

    [Fact]
    public async Task A_task_whose_budget_is_used_up_is_not_begun_until_it_gets_more()
    {
        await using var vendor = new FakeVendor();
        vendor.CutsAfter("Half");
        var task = await tasks.MakeAsync(await MinionAsync(vendor), budget: 0.10m);
        await tasks.EndAsync(task);
        await republic.QueryAsync(db =>
            db.TaskAttempts.Where(a => a.TaskId == task).ExecuteUpdateAsync(set => set.SetProperty(a => a.Cost, 0.11m), Ct)
        );

        Assert.Contains("$0.10 is used up: $0.11", (await tasks.StartAsync(task)).Failure!.Message);

        vendor.Answers("Whole.");
        await tasks.SetBudgetAsync(task, 0.20m);
        Assert.True((await tasks.StartAsync(task)).Ok);
        Assert.Equal(TaskAttemptState.HandedIn, (await tasks.EndAsync(task, attempts: 2)).State);
        Assert.Equal(0.11m, (await tasks.SpendingAsync(task)).Spent);
    }

    private async Task<Guid> MinionAsync(FakeVendor vendor) =>
        (await republic.Jonas.NewMinionAsync($"m-{Guid.CreateVersion7():N}", vendor)).Id;
}
