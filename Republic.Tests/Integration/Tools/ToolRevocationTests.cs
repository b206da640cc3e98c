using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Tools;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>What a person takes back while the model still thinks is not called any more.</summary>
public sealed class ToolRevocationTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant mira = republic.Mira;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("off", "create_task was switched off before it was called.")]
    [InlineData("ask", "create_task must be asked about again, so it was not called.")]
    public async Task A_tool_that_was_allowed_always_is_switched_off_or_asks_again(string change, string reason)
    {
        await using var vendor = new FakeVendor();
        var minion = await mira.NewMinionAsync($"hasty-{change}", vendor);
        await SwitchAsync(minion, "create_task");
        await republic.QueryAsync(db =>
            db.MinionTools.Where(t => t.MinionId == minion.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.IsAlways, true), Ct)
        );

        var call = await CallAsync(
            vendor,
            minion,
            new PlayedCall("c1", "create_task", $$"""{"title":"Revoked {{change}}"}"""),
            () => change == "off" ? SwitchAsync(minion) : ForgetAlwaysAsync(minion)
        );

        Assert.Equal(("refused", reason), ((string)call["status"]!, (string)call["reason"]!));
        Assert.Contains(vendor.Requests, request => request.LastMessage?.Contains(reason, StringComparison.Ordinal) == true);
        Assert.False(await republic.QueryAsync(db => db.Tasks.AnyAsync(t => t.Title == $"Revoked {change}", Ct)));
    }

    [Theory]
    [InlineData("deleted", "switched off")]
    [InlineData("moved", "asked about again")]
    public async Task A_server_is_deleted_or_moved(string change, string reason)
    {
        await using var vendor = new FakeVendor();
        await using var stub = new ToolServerStub();
        await using var other = new ToolServerStub();
        var headers = new Dictionary<string, string> { ["Authorization"] = "Bearer of-the-first" };
        var server = await HeldToolServer.AddAsync(republic, mira, stub, headers);
        var minion = await mira.NewMinionAsync($"remote-{change}", vendor);
        await server.AllowAsync(minion.Id, "echo");

        var call = await CallAsync(
            vendor,
            minion,
            new PlayedCall("c1", "echo", """{"text":"hello"}"""),
            () => change == "deleted" ? mira.Api.DeleteAsync(server.Path) : mira.Api.PutAsync(server.Path, new { url = other.Url })
        );

        Assert.Equal("refused", (string)call["status"]!);
        Assert.Contains(reason, (string)call["reason"]!, StringComparison.Ordinal);
        Assert.Equal((0, 0), (stub.Calls, other.Calls));
    }

    [Fact]
    public async Task What_was_allowed_always_and_not_taken_back_is_called()
    {
        await using var vendor = new FakeVendor();
        await using var stub = new ToolServerStub();
        var server = await HeldToolServer.AddAsync(republic, mira, stub);
        var minion = await mira.NewMinionAsync("steady", vendor);
        await server.AllowAsync(minion.Id, "echo");

        var call = await CallAsync(
            vendor,
            minion,
            new PlayedCall("c1", "echo", """{"text":"hello"}"""),
            () => mira.Api.PutAsync(server.Path, new { name = $"n{Guid.CreateVersion7():N}" })
        );

        Assert.Equal(("completed", "hello", 1), ((string)call["status"]!, (string)call["result"]!, stub.Calls));
    }

    [Fact]
    public async Task A_call_that_is_allowed_once_is_not_made_where_its_tool_was_switched_off_meanwhile()
    {
        await using var vendor = new FakeVendor();
        vendor.Plays(request =>
            (string?)request.Body!["messages"]!.AsArray()[^1]!["role"] == "tool"
                ? new PlayedTurn("Noted.")
                : PlayedTurn.Call("create_task", """{"title":"Off while it waits"}""")
        );
        var minion = await mira.NewMinionAsync("waiter", vendor);
        await SwitchAsync(minion, "create_task");
        var chat = await Chat.BeginAsync(mira, minion.Id);
        var waiting = await chat.AskAsync("Note it.");
        await SwitchAsync(minion);

        await mira.Api.PostAsync($"/api/tool-calls/{waiting["tool_calls"]![0]!["id"]}/approve", new { scope = "once" });

        var done = await chat.EndedAsync(waiting["id"]!.GetValue<Guid>());
        Assert.Equal(("complete", "refused"), (Chat.State(done), (string)done["tool_calls"]![0]!["status"]!));
        Assert.False(await republic.QueryAsync(db => db.Tasks.AnyAsync(t => t.Title == "Off while it waits", Ct)));
    }

    /// <summary>The one call of an answer, whose model makes it after the person changed something.</summary>
    private async Task<JsonNode> CallAsync(FakeVendor vendor, TestMinion minion, PlayedCall call, Func<Task> change)
    {
        var hand = vendor.AnswersByHand();
        var chat = await Chat.BeginAsync(mira, minion.Id);
        var answer = await chat.SayAsync("Do it.");
        await hand.Asked;
        await change();
        vendor.Answers("So be it.");
        hand.EndsCalling(call);

        var done = await chat.EndOfAsync(answer);

        Assert.Equal(("complete", "So be it."), (Chat.State(done), Chat.Content(done)));
        return Assert.Single(done["tool_calls"]!.AsArray())!;
    }

    private Task SwitchAsync(TestMinion minion, params string[] tools) =>
        mira.Api.PutAsync($"/api/minions/{minion.Id}/tools", new { builtin = tools });

    private async Task ForgetAlwaysAsync(TestMinion minion)
    {
        await using var scope = republic.Services.CreateAsyncScope();
        var editor = scope.ServiceProvider.GetRequiredService<MinionToolEditor>();
        Assert.True((await editor.ForgetAlwaysAsync(mira.Id, minion.Id, server: null, "create_task", Ct)).Ok);
    }
}
