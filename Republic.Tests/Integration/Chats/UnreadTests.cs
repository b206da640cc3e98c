using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>What somebody has not read: counted in the navigation and for each chat, whatever ends an answer.</summary>
public sealed class UnreadTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_answer_that_ends_is_unread_until_the_chat_is_read()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Reader");
        await canary.Chat.AskAsync("And then?");
        Assert.Equal((2, 1), (await canary.UnreadAsync(), await canary.WaitingAsync()));

        await canary.Person.Api.PostAsync($"{canary.Address}/read");
        Assert.Equal((0, 0), (await canary.UnreadAsync(), await canary.WaitingAsync()));

        await canary.Chat.AskAsync("And now?");
        Assert.Equal((1, 1), (await canary.UnreadAsync(), await canary.WaitingAsync()));
        await (await canary.Person.BrowserAsync()).ReadAsync($"/chats/{canary.Id}");
        Assert.Equal((0, 0), (await canary.UnreadAsync(), await canary.WaitingAsync()));
    }

    [Fact]
    public async Task An_answer_that_is_being_written_is_not_unread_and_one_that_was_stopped_is()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Stopper");
        await canary.Person.Api.PostAsync($"{canary.Address}/read");
        var hand = canary.Vendor.AnswersByHand();
        var answer = await canary.Chat.SayAsync("And now?");
        hand.Says("Half of");
        await Until.TrueAsync(async () => Chat.Content(await canary.Chat.MessageAsync(answer)) == "Half of");
        Assert.Equal((0, 0), (await canary.UnreadAsync(), await canary.WaitingAsync()));

        await canary.Chat.StopAsync(answer);

        Assert.Equal((1, 1), (await canary.UnreadAsync(), await canary.WaitingAsync()));
    }

    [Fact]
    public async Task An_answer_that_waits_is_unread_and_no_more_once_it_goes_on()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Decider");
        await canary.Person.Api.PostAsync($"{canary.Address}/read");
        await canary.Person.Api.PutAsync($"/api/minions/{canary.Minion}/tools", new { builtin = new[] { "create_task" } });
        canary.Vendor.Plays(_ => new PlayedTurn("I would note it.", new PlayedCall("c1", "create_task", """{"title":"Sow"}""")));
        var waiting = await canary.Chat.AskAsync("Note it.");
        Assert.Equal((1, 1), (await canary.UnreadAsync(), await canary.WaitingAsync()));
        var hand = canary.Vendor.AnswersByHand();

        await canary.Person.Api.PostAsync($"/api/tool-calls/{waiting["tool_calls"]![0]!["id"]}/approve", new { scope = "once" });
        await hand.Asked;

        Assert.Equal((0, 0), (await canary.UnreadAsync(), await canary.WaitingAsync()));
        hand.Says("Noted.");
        hand.Ends();
        await canary.Chat.EndedAsync(waiting["id"]!.GetValue<Guid>());
        Assert.Equal((1, 1), (await canary.UnreadAsync(), await canary.WaitingAsync()));
    }

    [Fact]
    public async Task An_answer_that_nobody_decided_on_is_unread_as_it_ends()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Changer");
        await canary.Person.Api.PutAsync($"/api/minions/{canary.Minion}/tools", new { builtin = new[] { "create_task" } });
        canary.Vendor.Plays(_ => new PlayedTurn("I would note it.", new PlayedCall("c1", "create_task", """{"title":"Sow"}""")));
        await canary.Chat.AskAsync("Note it.");
        await canary.Person.Api.PostAsync($"{canary.Address}/read");
        Assert.Equal(0, await canary.UnreadAsync());
        var hand = canary.Vendor.AnswersByHand();

        await canary.Chat.SayAsync("Never mind.");
        await hand.Asked;

        // It ended as the other was asked for.
        Assert.Equal((1, 1), (await canary.UnreadAsync(), await canary.WaitingAsync()));
        hand.Ends();
    }

    [Fact]
    public async Task A_deleted_chat_waits_for_nobody_and_is_as_unread_as_before_when_it_is_restored()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Returner");
        await canary.DeleteAsync();
        Assert.Equal(0, await canary.WaitingAsync());

        await canary.RestoreAsync();

        Assert.Equal((1, 1), (await canary.UnreadAsync(), await canary.WaitingAsync()));
    }

    [Fact]
    public async Task Minions_have_nothing_to_read_in_the_index()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Indexed");

        var unread = await republic.QueryAsync(db =>
            db.Participants.Where(p => p.ConversationId == canary.Id && p.UnreadSince != null).Select(p => p.CitizenId).ToListAsync(Ct)
        );

        Assert.Equal([canary.Person.Id], unread);
    }
}
