using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Audit;
using Republic.Core.Events;
using Republic.Core.Tools.Calls;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>Answers in a chat that call tools, wait for a person, and go on.</summary>
public sealed class ToolTurnTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant mira = republic.Mira;

    [Fact]
    public async Task What_only_reads_is_called_unasked_and_stands_in_the_answer()
    {
        await using var vendor = new FakeVendor();
        vendor.Plays(request =>
            IsAnswered(request)
                ? new PlayedTurn("It is 42.")
                : new PlayedTurn("Let me count.", new PlayedCall("c1", "calculate", """{"expression":"6*7"}"""))
        );
        var chat = await BeginAsync(vendor, "counter", "calculate");

        var answer = await chat.AskAsync("What is six times seven?");

        Assert.Equal(("complete", "Let me count.\n\nIt is 42."), (Chat.State(answer), Chat.Content(answer)));
        Assert.Equal((14, 6), ((int)answer["prompt_tokens"]!, (int)answer["completion_tokens"]!));
        var call = Assert.Single(answer["tool_calls"]!.AsArray())!;
        Assert.Equal(("calculate", "completed"), ((string)call["tool"]!, (string)call["status"]!));
        Assert.Null(call["server"]);
        Assert.Equal("6*7", (string)call["arguments"]!["expression"]!);
        Assert.Contains("42", (string)call["result"]!, StringComparison.Ordinal);
        Assert.Contains(answer["trace"]!["stages"]!.AsArray(), stage => (string)stage!["name"]! == "tools");
        var audited = await republic.QueryAsync(db =>
            db.AuditEntries.CountAsync(e => e.PersonId == mira.Id && e.Action == AuditActions.ToolCalled && e.Subject == "calculate")
        );
        Assert.Equal(1, audited);
    }

    [Fact]
    public async Task A_call_that_changes_something_waits_is_made_once_and_the_answer_goes_on()
    {
        await using var vendor = TaskMaker("Water the plants");
        var chat = await BeginAsync(vendor, "gardener", "create_task");

        var waiting = await chat.AskAsync("Remind me of the plants.");

        Assert.Equal(("waiting", "I would note it."), (Chat.State(waiting), Chat.Content(waiting)));
        var call = Assert.Single(waiting["tool_calls"]!.AsArray())!;
        Assert.Equal("pending", (string)call["status"]!);
        Assert.Equal(0, await TasksAsync("Water the plants"));
        Assert.Contains((await PendingAsync()).AsArray(), row => (string)row!["id"]! == (string)call["id"]!);

        await mira.Api.PostAsync($"/api/tool-calls/{call["id"]}/approve", new { scope = "once" });
        var done = await chat.EndedAsync(Id(waiting));

        Assert.Equal(("complete", "I would note it.\n\nNoted."), (Chat.State(done), Chat.Content(done)));
        Assert.Equal((14, 6), ((int)done["prompt_tokens"]!, (int)done["completion_tokens"]!));
        Assert.Equal(1, await TasksAsync("Water the plants"));
        var again = await mira.Api.Http.PostAsync(
            $"/api/tool-calls/{call["id"]}/approve",
            JsonContent("""{"scope":"once"}"""),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(1, await TasksAsync("Water the plants"));
    }

    [Fact]
    public async Task Changed_arguments_are_those_that_are_sent()
    {
        await using var vendor = TaskMaker("Buy a boat");
        var chat = await BeginAsync(vendor, "sailor", "create_task");
        var waiting = await chat.AskAsync("Note it.");

        await mira.Api.PostAsync(
            $"/api/tool-calls/{CallOf(waiting)}/approve",
            new { scope = "once", arguments = new { title = "Buy a model boat" } }
        );
        await chat.EndedAsync(Id(waiting));

        Assert.Equal((0, 1), (await TasksAsync("Buy a boat"), await TasksAsync("Buy a model boat")));
    }

    [Fact]
    public async Task What_is_allowed_always_is_not_asked_about_again()
    {
        await using var vendor = TaskMaker("Feed the cat");
        var chat = await BeginAsync(vendor, "keeper", "create_task");
        var waiting = await chat.AskAsync("Note it.");
        await mira.Api.PostAsync($"/api/tool-calls/{CallOf(waiting)}/approve", new { scope = "always" });
        await chat.EndedAsync(Id(waiting));

        var next = await chat.AskAsync("And once more.");

        Assert.Equal("complete", Chat.State(next));
        Assert.Equal(2, await TasksAsync("Feed the cat"));
    }

    [Fact]
    public async Task A_call_that_is_refused_is_not_made_and_the_model_reads_why()
    {
        await using var vendor = TaskMaker("Sell the house");
        var chat = await BeginAsync(vendor, "agent", "create_task");
        var waiting = await chat.AskAsync("Note it.");

        await mira.Api.PostAsync($"/api/tool-calls/{CallOf(waiting)}/refuse", new { reason = "I live there." });
        var done = await chat.EndedAsync(Id(waiting));

        Assert.Equal("complete", Chat.State(done));
        Assert.Equal(0, await TasksAsync("Sell the house"));
        Assert.Contains("I live there.", vendor.LastRequest.LastMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_the_model_made_up_is_cut_and_kept_without_NUL()
    {
        await using var vendor = new FakeVendor();
        var made = $"fly\0{new string('y', 200_000)}";
        vendor.Plays(request => IsAnswered(request) ? new PlayedTurn("I cannot.") : PlayedTurn.Call(made));
        var chat = await BeginAsync(vendor, "inventor", "calculate");

        var answer = await chat.AskAsync("Fly.");

        Assert.Equal(("complete", "I cannot."), (Chat.State(answer), Chat.Content(answer)));
        var call = answer["tool_calls"]![0]!;
        Assert.StartsWith("flyyy", (string)call["tool"]!, StringComparison.Ordinal);
        Assert.InRange(((string)call["reason"]!).Length, 100, 150);
    }

    [Fact]
    public async Task Whoever_writes_something_else_ends_the_answer_that_waits()
    {
        await using var vendor = TaskMaker("Paint it");
        var chat = await BeginAsync(vendor, "painter", "create_task");
        var waiting = await chat.AskAsync("Note it.");
        vendor.Answers("Very well.");

        var other = await chat.AskAsync("Never mind.");

        Assert.Equal("complete", Chat.State(other));
        var ended = await chat.MessageAsync(Id(waiting));
        Assert.Equal(("stopped", "I would note it."), (Chat.State(ended), Chat.Content(ended)));
        Assert.Equal("expired", (string)ended["tool_calls"]![0]!["status"]!);
        var late = await mira.Api.Http.PostAsync(
            $"/api/tool-calls/{CallOf(waiting)}/approve",
            JsonContent("""{"scope":"once"}"""),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(0, await TasksAsync("Paint it"));
    }

    [Fact]
    public async Task Stopping_an_answer_that_waits_ends_it_with_what_came()
    {
        await using var vendor = TaskMaker("Stop it");
        var chat = await BeginAsync(vendor, "halted", "create_task");
        var waiting = await chat.AskAsync("Note it.");

        var stopped = (await chat.StopAsync(Id(waiting)))["message"]!;

        Assert.Equal(("stopped", "I would note it."), (Chat.State(stopped), Chat.Content(stopped)));
        Assert.Equal("expired", (string)stopped["tool_calls"]![0]!["status"]!);
    }

    [Fact]
    public async Task After_seven_days_it_is_over_and_says_so()
    {
        await using var vendor = TaskMaker("Too late");
        var chat = await BeginAsync(vendor, "late", "create_task");
        var waiting = await chat.AskAsync("Note it.");
        using var live = republic.Services.GetRequiredService<LiveEvents>().Subscribe(mira.Id);
        await republic.QueryAsync(db =>
            db.ToolCalls.Where(c => c.MessageId == Id(waiting))
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.AskedAt, c => c.AskedAt.AddDays(-8)))
        );

        await republic.Services.GetRequiredService<ToolSweep>().SweepAsync(TestContext.Current.CancellationToken);

        var over = await chat.MessageAsync(Id(waiting));
        Assert.Equal("stopped", Chat.State(over));
        // That nobody decided is no failure of the minion's.
        var counted = await republic.QueryAsync(db =>
            db.Messages.Where(m => m.Id == Id(waiting))
                .Join(db.Minions, m => m.AuthorId, minion => minion.Id, (_, minion) => minion.TotalQueries)
                .SingleAsync()
        );
        Assert.Equal(0, counted);
        Assert.Contains("7 days", (string)over["error"]!, StringComparison.Ordinal);
        Assert.Equal("expired", (string)over["tool_calls"]![0]!["status"]!);
        var heard = (await live.NextAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken)).Items;
        Assert.Contains(
            heard,
            item =>
                item.Event is { Name: ToolEvents.Call, Data: { } data }
                && $"{item.Event.Subject}" == CallOf(waiting)
                && data.Contains("expired", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_was_approved_when_the_process_died_is_made_once_by_the_next()
    {
        await using var vendor = TaskMaker("Survive");
        var chat = await BeginAsync(vendor, "survivor", "create_task");
        var waiting = await chat.AskAsync("Note it.");
        // As the row stands where the process is killed behind the approval's commit.
        await republic.QueryAsync(db =>
            db.ToolCalls.Where(c => c.MessageId == Id(waiting))
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(c => c.Status, ToolCallStatus.Approved).SetProperty(c => c.SettledAt, c => c.AskedAt.AddMinutes(-1))
                )
        );

        var sweep = republic.Services.GetRequiredService<ToolSweep>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => sweep.SweepAsync(TestContext.Current.CancellationToken)));

        Assert.Equal("complete", Chat.State(await chat.EndedAsync(Id(waiting))));
        Assert.Equal(1, await TasksAsync("Survive"));
    }

    [Fact]
    public async Task A_client_that_listens_is_told_that_it_waits_and_hears_the_rest()
    {
        await using var vendor = TaskMaker("Listen");
        var chat = await BeginAsync(vendor, "listener", "create_task");
        using var stream = await chat.ListenAsync();
        var answer = await chat.SayAsync("Note it.");
        var before = await stream.UntilAsync("waiting");

        await mira.Api.PostAsync($"/api/tool-calls/{CallOf(await chat.MessageAsync(answer))}/approve", new { scope = "once" });
        var after = await stream.UntilAsync("done");

        Assert.Equal("I would note it.", Chat.TextOf(before, answer));
        Assert.Equal("I would note it.\n\nNoted.", Chat.TextOf(after, answer, "I would note it."));
    }

    [Fact]
    public async Task The_call_of_somebody_else_does_not_exist()
    {
        await using var vendor = TaskMaker("Mine");
        var chat = await BeginAsync(vendor, "private", "create_task");
        var waiting = await chat.AskAsync("Note it.");

        var tried = await republic.Jonas.Api.Http.PostAsync(
            $"/api/tool-calls/{CallOf(waiting)}/approve",
            JsonContent("""{"scope":"once"}"""),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.NotFound, tried.StatusCode);
        Assert.Equal("waiting", Chat.State(await chat.MessageAsync(Id(waiting))));
    }

    private static Guid Id(JsonNode message) => message["id"]!.GetValue<Guid>();

    private static string CallOf(JsonNode message) => (string)message["tool_calls"]![0]!["id"]!;

    private static bool IsAnswered(VendorRequest request) => (string?)request.Body!["messages"]!.AsArray()[^1]!["role"] == "tool";

    private static StringContent JsonContent(string json) => new(json, System.Text.Encoding.UTF8, "application/json");

    private static FakeVendor TaskMaker(string title)
    {
        var vendor = new FakeVendor();
        vendor.Plays(request =>
            IsAnswered(request)
                ? new PlayedTurn("Noted.")
                : new PlayedTurn("I would note it.", new PlayedCall("c1", "create_task", $$"""{"title":"{{title}}"}"""))
        );
        return vendor;
    }

    private async Task<Chat> BeginAsync(FakeVendor vendor, string name, params string[] tools)
    {
        var minion = await mira.NewMinionAsync(name, vendor);
        await mira.Api.PutAsync($"/api/minions/{minion.Id}/tools", new { builtin = tools });
        return await Chat.BeginAsync(mira, minion.Id);
    }

    private async Task<JsonNode> PendingAsync() => (await mira.Api.GetAsync("/api/tool-calls?status=pending"))["tool_calls"]!;

    private Task<int> TasksAsync(string title) =>
        republic.QueryAsync(db => db.Tasks.CountAsync(t => t.OwnerId == mira.Id && t.Title == title));
}
