using System.Text.Json.Nodes;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>kill -9 around an approved call: it is made at most once, its answer ends, and what is known of it is said.</summary>
[Collection(nameof(KillableNodes))]
public sealed class ToolKillTests(KillableNodes nodes) : IAsyncLifetime
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
        var (mira, chat, answer, call) = await AskAsync();
        // As the row stands behind the commit of the approval.
        await nodes.ColumnAsync(
            $"update tool_calls set status = 'Approved', settled_at = now() - interval '5 seconds' where id = '{call}' returning id::text"
        );

        await nodes.KillAsync();

        var ended = await new Chat(mira.At(nodes.Address).Api, chat.Id).EndedAsync(answer);
        Assert.Equal(("complete", "I would send it.\n\nIt is so."), (Chat.State(ended), Chat.Content(ended)));
        Assert.Equal(("completed", 1), (StatusOf(ended), server.Calls));
    }

    [Fact]
    public async Task A_call_whose_node_is_killed_in_the_middle_is_not_made_again_and_nobody_says_that_it_was_made()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.LiesAbout("tools/call", async _ => await held.Task);
        var (mira, chat, answer, call) = await AskAsync();
        await ApproveAsync(mira, call);
        await Until.TrueAsync(() => server.Calls == 1);

        await nodes.KillAsync();

        held.SetResult();
        var after = new Chat(mira.At(nodes.Address).Api, chat.Id);
        var ended = await after.EndedAsync(answer);
        Assert.Equal(("interrupted", "I would send it."), (Chat.State(ended), Chat.Content(ended)));
        // As if the time that a call may take had passed.
        await nodes.ColumnAsync(
            $"update tool_calls set began_at = began_at - interval '1 hour' where id = '{call}' and status = 'Running' returning id::text"
        );
        await Until.TrueAsync(async () => StatusOf(await after.MessageAsync(answer)) == "failed");
        var reason = (await nodes.ColumnAsync($"select reason from tool_calls where id = '{call}'")).Single();
        Assert.Contains("not known", reason, StringComparison.Ordinal);
        Assert.Equal(1, server.Calls);
    }

    [Fact]
    public async Task A_call_whose_node_is_killed_after_it_stays_as_it_ended()
    {
        var (mira, chat, answer, call) = await AskAsync();
        var asked = vendor.Requests.Count;
        // The model is told of the result, and says nothing.
        vendor.Hangs();
        await ApproveAsync(mira, call);
        await Until.TrueAsync(() => vendor.Requests.Count > asked);

        await nodes.KillAsync();

        var ended = await new Chat(mira.At(nodes.Address).Api, chat.Id).EndedAsync(answer);
        Assert.Equal(("interrupted", "I would send it."), (Chat.State(ended), Chat.Content(ended)));
        Assert.Equal(("completed", "sent", 1), (StatusOf(ended), (string)ended["tool_calls"]![0]!["result"]!, server.Calls));
    }

    private static string StatusOf(JsonNode message) => (string)message["tool_calls"]![0]!["status"]!;

    private static Task<JsonNode> ApproveAsync(Inhabitant mira, string call) =>
        mira.Api.PostAsync($"/api/tool-calls/{call}/approve", new { scope = "once" });

    /// <summary>An answer that waits for its person to decide on its one call.</summary>
    private async Task<(Inhabitant Mira, Chat Chat, Guid Answer, string Call)> AskAsync()
    {
        var mira = await nodes.NewPersonAsync();
        var added = await mira.Api.PostAsync("/api/tool-servers", new { name = "post", url = server.Url });
        var minion = await mira.NewMinionAsync("sender", vendor);
        var servers = new[] { new { id = added["tool_server"]!["id"]!.GetValue<Guid>(), tools = new[] { "echo" } } };
        await mira.Api.PutAsync($"/api/minions/{minion.Id}/tools", new { servers });
        var chat = await Chat.BeginAsync(mira, minion.Id);
        var waiting = await chat.AskAsync("Send it.");
        Assert.Equal(("waiting", 0), (Chat.State(waiting), server.Calls));
        return (mira, chat, waiting["id"]!.GetValue<Guid>(), (string)waiting["tool_calls"]![0]!["id"]!);
    }
}
