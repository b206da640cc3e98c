using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>kill -9 around an approved call of a minion that works on a task: it is made at most once, and nothing is handed in by halves.</summary>
[Collection(nameof(KillableNodes))]
public sealed class TaskToolKillTests(KillableNodes nodes) : IAsyncLifetime
{
    private readonly ToolServerStub server = new();
    private readonly FakeVendor vendor = new();

    public ValueTask InitializeAsync()
    {
        vendor.Plays(request =>
            (string?)request.Body!["messages"]!.AsArray()[^1]!["role"] == "tool"
                ? new PlayedTurn("It is so.")
                : new PlayedTurn("I would send it.", new PlayedCall("c1", "echo", """{"text":"sent"}"""))
        );
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await vendor.DisposeAsync();
    }

    [Fact]
    public async Task A_call_that_was_approved_when_its_node_was_killed_is_made_once_by_the_other()
    {
        var (mira, task, waiting) = await AskAsync();
        // As the row stands behind the commit of the approval.
        await nodes.ColumnAsync(
            $"update tool_calls set status = 'Approved', settled_at = now() - interval '5 seconds' where id = '{CallOf(waiting)}' returning id::text"
        );

        await nodes.KillAsync();

        var ended = await UntilAsync(mira.At(nodes.Address), task, "handed_in");
        Assert.Equal(("I would send it.\n\nIt is so.", "completed", 1), ((string)ended["text"]!, StatusOf(ended), server.Calls));
    }

    [Fact]
    public async Task A_call_whose_node_is_killed_in_the_middle_is_not_made_again_and_nobody_says_that_it_was_made()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.LiesAbout("tools/call", async _ => await held.Task);
        var (mira, task, waiting) = await AskAsync();
        await mira.Api.PostAsync($"/api/tool-calls/{CallOf(waiting)}/approve", new { scope = "once" });
        await Until.TrueAsync(() => server.Calls == 1);

        await nodes.KillHolderAsync(waiting["id"]!.GetValue<Guid>());

        held.SetResult();
        var after = mira.At(nodes.Address);
        var ended = await UntilAsync(after, task, "failed");
        Assert.Equal("I would send it.", (string)ended["text"]!);
        // As if the time that a call may take had passed.
        await nodes.ColumnAsync(
            $"update tool_calls set began_at = began_at - interval '1 hour' where id = '{CallOf(waiting)}' and status = 'Running' returning id::text"
        );
        await Until.TrueAsync(async () => StatusOf(await LastAsync(after, task)) == "failed");
        var reason = (await nodes.ColumnAsync($"select reason from tool_calls where id = '{CallOf(waiting)}'")).Single();
        Assert.Contains("not known", reason, StringComparison.Ordinal);
        Assert.Equal(1, server.Calls);
        Assert.Equal(["0"], await nodes.ColumnAsync($"select count(*)::text from task_comments where task_id = '{task}'"));
    }

    private static string CallOf(JsonNode attempt) => (string)attempt["tool_calls"]![0]!["id"]!;

    private static string StatusOf(JsonNode attempt) => (string)attempt["tool_calls"]![0]!["status"]!;

    private static async Task<JsonNode> LastAsync(Inhabitant person, string task) =>
        (await person.Api.GetAsync($"/api/tasks/{task}/attempts"))["attempts"]![0]!;

    /// <summary>The attempt once it is in a state. Fails at once where it has ended otherwise.</summary>
    private static Task<JsonNode> UntilAsync(Inhabitant person, string task, string state) =>
        Until.SomethingAsync(async () =>
        {
            var last = await LastAsync(person, task);
            var now = (string)last["state"]!;
            Assert.False(now != state && now is ("handed_in" or "failed" or "stopped"), last.ToJsonString());
            return now == state ? last : null;
        });

    /// <summary>A task whose minion waits for its owner to decide on its one call.</summary>
    private async Task<(Inhabitant Mira, string Task, JsonNode Attempt)> AskAsync()
    {
        var mira = await nodes.NewPersonAsync();
        var added = await mira.Api.PostAsync("/api/tool-servers", new { name = "post", url = server.Url });
        var minion = await mira.NewMinionAsync("sender", vendor);
        var servers = new[] { new { id = added["tool_server"]!["id"]!.GetValue<Guid>(), tools = new[] { "echo" } } };
        await mira.Api.PutAsync($"/api/minions/{minion.Id}/tools", new { servers });
        var made = await mira.Api.PostAsync("/api/tasks", new { title = "Send it", assigned_to = minion.Id });
        var task = (string)made["task"]!["id"]!;
        var waiting = await UntilAsync(mira, task, "waiting");
        Assert.Equal(("pending", 0), (StatusOf(waiting), server.Calls));
        return (mira, task, waiting);
    }
}
