using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Events;
using Republic.Core.Providers.Routing;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Editing;
using Republic.Core.Tasks.Work;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

public sealed class TaskWorkTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private Tasked Tasks => new(republic, republic.Jonas);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_minion_that_is_given_a_task_hands_its_answer_in()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("The row is ", "10382.");
        var minion = await MinionAsync(vendor);
        var task = await Tasks.MakeAsync(null);
        await Tasks.AttachAsync(task, "export.csv", Encoding.UTF8.GetBytes("order;note\n10381;late\n"));
        await Tasks.AttachAsync(task, "scan.png", Convert.FromHexString("89504E470D0A1A0A"));
        await Tasks.SayAsync(task, "Compare by order number.");

        await Tasks.AssignAsync(task, minion);

        var attempt = await Tasks.EndAsync(task);
        Assert.Equal((TaskAttemptState.HandedIn, "The row is 10382."), (attempt.State, attempt.Text));
        Assert.Equal((7, 3, "vendor-model"), (attempt.PromptTokens, attempt.CompletionTokens, attempt.Model));
        Assert.Equal(WorkTaskStatus.Review, (await Tasks.ReadAsync(task)).Status);
        var handIn = (await Tasks.CommentsAsync(task))[^1];
        Assert.Equal((TaskCommentKind.HandIn, (Guid?)minion, "The row is 10382."), (handIn.Kind, handIn.CitizenId, handIn.Content));
        Assert.Equal(handIn.Id, attempt.CommentId);
        Assert.All(
            (await Tasks.HistoryAsync(task)).Where(a => a.Kind is TaskActivityKind.Moved or TaskActivityKind.WorkBegun),
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
    public async Task What_the_collections_of_the_minion_say_is_given_to_it_and_named_as_the_source()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("A note with a line break splits the row [1].");
        var minion = await MinionAsync(vendor);
        var knowledge = new LinkedKnowledge(republic, republic.Jonas);
        await knowledge.LinkAsync(
            minion,
            await knowledge.CollectionAsync($"Handbook {minion:N}", "A row is missing in the file where a note holds a line break.")
        );

        var attempt = await Tasks.EndAsync(await Tasks.MakeAsync(minion, "Why is a row missing in the file?"));

        Assert.Equal(TaskAttemptState.HandedIn, attempt.State);
        Assert.Equal("notes.md", Assert.Single(attempt.Trace!.Passages).Document);
        Assert.Contains("holds a line break", vendor.LastRequest.LastMessage);
    }

    [Fact]
    public async Task A_minion_that_needs_something_waits_and_goes_on_when_somebody_answers()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("NEEDS: the password of the archive");
        var task = await Tasks.MakeAsync(await MinionAsync(vendor));

        var waiting = await Tasks.EndAsync(task);
        Assert.Equal((TaskAttemptState.Waiting, WorkTaskStatus.InProgress), (waiting.State, (await Tasks.ReadAsync(task)).Status));
        var question = Assert.Single(await Tasks.CommentsAsync(task));
        Assert.Equal((TaskCommentKind.Blocked, "the password of the archive"), (question.Kind, question.Content));
        vendor.Answers("It is open.");

        await Tasks.SayAsync(task, "It is hunter2.");

        Assert.Equal(TaskAttemptState.HandedIn, (await Tasks.EndAsync(task, attempts: 2)).State);
        Assert.Contains("It is hunter2.", vendor.LastRequest.LastMessage);
        await Tasks.SayAsync(task, "Thank you.");
        Assert.Equal(2, (await Tasks.AttemptsAsync(task)).Count);
    }

    [Fact]
    public async Task What_is_sent_back_with_a_reason_is_done_again()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("31 rows differ.");
        var task = await Tasks.MakeAsync(await MinionAsync(vendor));
        await Tasks.EndAsync(task);

        await Tasks.MoveAsync(task, WorkTaskStatus.InProgress, "Compare by order number, not by line.");

        var second = await Tasks.EndAsync(task, attempts: 2);
        Assert.Equal((TaskAttemptState.HandedIn, 2), (second.State, second.Round));
        var asked = vendor.LastRequest.LastMessage!;
        Assert.Contains("This is round 2", asked);
        Assert.Contains("31 rows differ.", asked);
        Assert.Contains("Compare by order number, not by line.", asked);
        await Tasks.MoveAsync(task, WorkTaskStatus.InProgress);
        Assert.Equal(2, (await Tasks.AttemptsAsync(task)).Count);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_fails_with_what_came_and_is_not_handed_in()
    {
        await using var vendor = new FakeVendor();
        vendor.CutsAfter("Half ", "an answer");
        var task = await Tasks.MakeAsync(await MinionAsync(vendor));

        var failed = await Tasks.EndAsync(task);

        Assert.Equal((TaskAttemptState.Failed, "Half an answer"), (failed.State, failed.Text));
        Assert.NotNull(failed.Error);
        Assert.Equal(WorkTaskStatus.InProgress, (await Tasks.ReadAsync(task)).Status);
        Assert.Empty(await Tasks.CommentsAsync(task));
        Assert.Contains(await Tasks.HistoryAsync(task), activity => activity.Kind == TaskActivityKind.WorkFailed);
        await Tasks.SayAsync(task, "What happened?");
        Assert.Single(await Tasks.AttemptsAsync(task));
        vendor.Answers("Whole.");
        Assert.True((await Tasks.StartAsync(task)).Ok);
        Assert.Equal(TaskAttemptState.HandedIn, (await Tasks.EndAsync(task, attempts: 2)).State);
    }

    [Fact]
    public async Task A_task_that_waits_for_another_begins_when_that_is_done()
    {
        await using var vendor = new FakeVendor();
        var first = await Tasks.MakeAsync(null, "First");
        var task = await Tasks.MakeAsync(await MinionAsync(vendor), "Second", dependsOn: first);

        Assert.Empty(await Tasks.AttemptsAsync(task));
        Assert.Equal(WorkTaskStatus.Todo, (await Tasks.ReadAsync(task)).Status);
        var refused = Assert.Single(await Tasks.HistoryAsync(task), activity => activity.Kind == TaskActivityKind.WorkRefused);
        Assert.StartsWith($"It waits for T-{(await Tasks.ReadAsync(first)).Number}", refused.After);
        Assert.Contains("It waits for", (await Tasks.StartAsync(task)).Failure!.Message);

        await Tasks.MoveAsync(first, WorkTaskStatus.Done);

        Assert.Equal(TaskAttemptState.HandedIn, (await Tasks.EndAsync(task)).State);
    }

    [Fact]
    public async Task Of_a_start_others_are_told_once_whoever_makes_it_begin()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Starter");
        var minion = (await person.NewMinionAsync("started", vendor)).Id;
        var tasks = new Tasked(republic, person);
        using var live = republic.Services.GetRequiredService<LiveEvents>().Subscribe(person.Id);

        var task = await tasks.MakeAsync(minion, "Begins at once");
        var first = await tasks.MakeAsync(null, "First");
        var second = await tasks.MakeAsync(minion, "Waits for the first", dependsOn: first);
        await tasks.MoveAsync(first, WorkTaskStatus.Done);

        List<LiveEvent> heard = [];
        await Until.TrueAsync(async () =>
        {
            heard.AddRange((await live.NextAsync(TimeSpan.FromSeconds(5), Ct)).Items.Select(item => item.Event));
            return heard.Count(e => e.Name == TaskEnds.Ended) == 2;
        });
        // Made and handed in; made and moved; made, begun and handed in.
        Assert.Equal((2, 2, 3), (Told(task), Told(first), Told(second)));

        int Told(Guid id) => heard.Count(e => e.Name == TaskChanges.Changed && e.Subject == id);
    }

    [Fact]
    public async Task Nobody_begins_what_is_done_or_nobodys_or_of_a_minion_that_is_gone()
    {
        await using var vendor = new FakeVendor();
        var minion = await MinionAsync(vendor);
        var task = await Tasks.MakeAsync(null);
        Assert.Contains("No minion is to do it", (await Tasks.StartAsync(task)).Failure!.Message);
        await Tasks.AssignAsync(task, minion);
        await Tasks.EndAsync(task);
        Assert.Contains("handed in", (await Tasks.StartAsync(task)).Failure!.Message);
        await Tasks.MoveAsync(task, WorkTaskStatus.Done);
        Assert.Contains("done", (await Tasks.StartAsync(task)).Failure!.Message);
        await republic.Jonas.Api.DeleteAsync($"/api/minions/{minion}");
        await Tasks.MoveAsync(task, WorkTaskStatus.InProgress);
        Assert.Contains("was deleted", (await Tasks.StartAsync(task)).Failure!.Message);
        Assert.Single(await Tasks.AttemptsAsync(task));
    }

    [Fact]
    public async Task The_fourth_start_of_a_day_is_refused()
    {
        await using var vendor = new FakeVendor();
        vendor.CutsAfter("Half");
        var task = await Tasks.MakeAsync(await MinionAsync(vendor));
        for (var start = 1; start <= 3; start++)
        {
            await Tasks.EndAsync(task, start);
            Assert.Equal(start < 3, (await Tasks.StartAsync(task)).Ok);
        }

        var refused = (await Tasks.StartAsync(task)).Failure!;
        Assert.Contains("3 times today", refused.Message);
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
        Assert.Equal(3, (await Tasks.SpendingAsync(task)).StartsToday);
    }

    [Fact]
    public async Task A_task_whose_budget_is_used_up_is_not_begun_until_it_gets_more()
    {
        await using var vendor = new FakeVendor();
        vendor.CutsAfter("Half");
        var task = await Tasks.MakeAsync(await MinionAsync(vendor), budget: 0.10m);
        await Tasks.EndAsync(task);
        await republic.QueryAsync(db =>
            db.TaskAttempts.Where(a => a.TaskId == task).ExecuteUpdateAsync(set => set.SetProperty(a => a.Cost, 0.11m), Ct)
        );

        Assert.Contains("$0.10 is used up: $0.11", (await Tasks.StartAsync(task)).Failure!.Message);

        vendor.Answers("Whole.");
        await Tasks.SetBudgetAsync(task, 0.20m);
        Assert.True((await Tasks.StartAsync(task)).Ok);
        Assert.Equal(TaskAttemptState.HandedIn, (await Tasks.EndAsync(task, attempts: 2)).State);
        Assert.Equal(0.11m, (await Tasks.SpendingAsync(task)).Spent);
    }

    private async Task<Guid> MinionAsync(FakeVendor vendor) =>
        (await republic.Jonas.NewMinionAsync($"m-{Guid.CreateVersion7():N}", vendor)).Id;
}
