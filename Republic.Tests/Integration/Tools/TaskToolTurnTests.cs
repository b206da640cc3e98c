using Republic.Core.Answering.Tools;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Work;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>Minions that call tools while they work on a task, wait for its owner, and go on.</summary>
public sealed class TaskToolTurnTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant mira = republic.Mira;
    private readonly ToolTasks asked = new(republic, republic.Mira);

    private Tasked Tasks => asked.Tasks;

    [Fact]
    public async Task What_only_reads_is_called_unasked_and_what_follows_is_handed_in()
    {
        await using var vendor = new FakeVendor();
        vendor.Plays(request =>
            ToolTasks.IsAnswered(request)
                ? new PlayedTurn("It is 42.")
                : new PlayedTurn("Let me count.", new PlayedCall("c1", "calculate", """{"expression":"6*7"}"""))
        );
        var task = await asked.GiveAsync(vendor, "task-counter", "calculate");

        var attempt = await Tasks.EndAsync(task);

        Assert.Equal((TaskAttemptState.HandedIn, "Let me count.\n\nIt is 42."), (attempt.State, attempt.Text));
        Assert.Equal((14, 6), (attempt.PromptTokens, attempt.CompletionTokens));
        var call = Assert.Single(attempt.ToolCalls);
        Assert.Equal(("calculate", ToolCallStatus.Completed, true), (call.Tool, call.Status, call.Unasked));
        Assert.Equal(attempt.Id, call.AttemptId);
        var handIn = Assert.Single(await Tasks.CommentsAsync(task));
        Assert.Equal((TaskCommentKind.HandIn, "It is 42."), (handIn.Kind, handIn.Content));
        var row = (await mira.Api.GetAsync($"/api/tool-calls/{call.Id}"))["tool_call"]!;
        Assert.Equal((task, attempt.Id), (row["task_id"]!.GetValue<Guid>(), row["attempt_id"]!.GetValue<Guid>()));
        var page = await (await mira.BrowserAsync()).ReadAsync($"/tasks/{task}");
        Assert.Contains($"id=\"call-{call.Id}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_changes_something_waits_is_made_once_and_the_result_is_handed_in_once()
    {
        await using var vendor = ToolTasks.Maker("Water the ferns");
        var task = await asked.GiveAsync(vendor, "task-gardener", "create_task");

        var waiting = await Tasks.EndAsync(task);

        Assert.Equal((TaskAttemptState.Waiting, "I would note it."), (waiting.State, waiting.Text));
        Assert.True(waiting.IsAsking);
        Assert.Null(waiting.Question);
        Assert.Equal(WorkTaskStatus.InProgress, (await Tasks.ReadAsync(task)).Status);
        Assert.Empty(await Tasks.CommentsAsync(task));
        Assert.Equal(0, await asked.MadeAsync("Water the ferns"));
        Assert.Contains("waits for you", (await Tasks.StartAsync(task)).Failure!.Message, StringComparison.Ordinal);
        var card = (await mira.Api.GetAsync($"/api/tasks/{task}"))["task"]!;
        Assert.Equal((true, false), (card["waiting"]!.GetValue<bool>(), card["working"]!.GetValue<bool>()));
        var page = await (await mira.BrowserAsync()).ReadAsync($"/tasks/{task}");
        Assert.Contains($"id=\"ask-{ToolTasks.CallOf(waiting)}\"", page, StringComparison.Ordinal);

        await asked.ApproveAsync(waiting);

        var done = await asked.UntilAsync(task, TaskAttemptState.HandedIn);
        Assert.Equal((waiting.Id, "I would note it.\n\nNoted."), (done.Id, done.Text));
        Assert.Equal((14, 6), (done.PromptTokens, done.CompletionTokens));
        Assert.Equal(1, await asked.MadeAsync("Water the ferns"));
        Assert.Equal("Noted.", Assert.Single(await Tasks.CommentsAsync(task)).Content);
        Assert.Equal(WorkTaskStatus.Review, (await Tasks.ReadAsync(task)).Status);
        Assert.Equal(1, (await Tasks.SpendingAsync(task)).StartsToday);
        await asked.RefusedAsync(409, waiting);
        Assert.Equal(1, await asked.MadeAsync("Water the ferns"));
    }

    [Fact]
    public async Task A_call_that_is_refused_is_not_made_and_the_model_reads_why()
    {
        await using var vendor = ToolTasks.Maker("Sell the boat");
        var task = await asked.GiveAsync(vendor, "task-agent", "create_task");
        var waiting = await Tasks.EndAsync(task);

        await mira.Api.PostAsync($"/api/tool-calls/{ToolTasks.CallOf(waiting)}/refuse", new { reason = "I sail it." });

        await asked.UntilAsync(task, TaskAttemptState.HandedIn);
        Assert.Equal(0, await asked.MadeAsync("Sell the boat"));
        Assert.Contains("I sail it.", vendor.LastRequest.LastMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_asks_after_a_call_is_a_question()
    {
        await using var vendor = new FakeVendor();
        vendor.Plays(request =>
            ToolTasks.IsAnswered(request)
                ? new PlayedTurn($"{TaskAnswer.Needs} the key")
                : new PlayedTurn("Let me count.", new PlayedCall("c1", "calculate", """{"expression":"1+1"}"""))
        );
        var task = await asked.GiveAsync(vendor, "task-asker", "calculate");

        var question = await Tasks.EndAsync(task);

        Assert.Equal((TaskAttemptState.Waiting, "the key", false), (question.State, question.Question, question.IsAsking));
    }

    [Fact]
    public async Task Where_others_read_along_only_what_is_shared_is_offered_and_chats_never()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Done.");
        string[] tools = ["calculate", "search_knowledge", "search_chats", "recall_memory", "propose_memory", "create_task"];
        var alone = await asked.GiveAsync(vendor, "task-alone", tools);
        await Tasks.EndAsync(alone);
        Assert.Equal(["calculate", "create_task", "search_knowledge"], Offered(vendor));
        var minion = (await Tasks.ReadAsync(alone)).AssignedTo!.Value;
        var shared = await Tasks.MakeAsync(null);
        await mira.Api.PostAsync($"/api/tasks/{shared}/shares", new { username = republic.Jonas.Email });

        await Tasks.AssignAsync(shared, minion);
        await Tasks.EndAsync(shared);

        Assert.Equal(["calculate", "search_knowledge"], Offered(vendor));
    }

    [Fact]
    public async Task What_waits_counts_at_tasks_and_not_at_chats()
    {
        await using var vendor = ToolTasks.Maker("Count me");
        var person = await republic.NewPersonAsync("TaskCounted");
        var minion = await person.NewMinionAsync("task-counted", vendor);
        await person.Api.PutAsync($"/api/minions/{minion.Id}/tools", new { builtin = new[] { "create_task" } });
        var tasks = new Tasked(republic, person);
        await tasks.EndAsync(await tasks.MakeAsync(minion.Id));

        var browser = await person.BrowserAsync();
        Assert.Contains("class=\"count\"", await browser.ReadAsync("/tasks/waiting"), StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"count\"", await browser.ReadAsync("/chats?handler=Waiting"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_call_of_somebody_else_does_not_exist()
    {
        await using var vendor = ToolTasks.Maker("Mine alone");
        var task = await asked.GiveAsync(vendor, "task-private", "create_task");
        var waiting = await Tasks.EndAsync(task);

        var path = $"/api/tool-calls/{ToolTasks.CallOf(waiting)}/refuse";
        await republic.Jonas.Api.ProblemAsync(404, HttpMethod.Post, path, new { reason = "No" });

        Assert.Equal(TaskAttemptState.Waiting, (await Tasks.EndAsync(task)).State);
    }

    private static IEnumerable<string> Offered(FakeVendor vendor) =>
        vendor.LastRequest.Body!["tools"]!.AsArray().Select(tool => (string)tool!["function"]!["name"]!).Order(StringComparer.Ordinal);
}
