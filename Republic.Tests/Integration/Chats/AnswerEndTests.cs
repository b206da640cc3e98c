using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Answers;
using Republic.Core.Chats.Messages;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>The end of an answer is several writes, of which all count or none.</summary>
public sealed class AnswerEndTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("conversations")]
    [InlineData("minions")]
    public async Task An_answer_whose_connection_breaks_between_the_writes_ends_whole_and_tells_so(string table)
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var minion = (await republic.Mira.NewMinionAsync($"broken off at {table}", vendor)).Id;
        var chat = await Chat.BeginAsync(republic.Mira, minion);
        using var stream = await chat.ListenAsync();
        var answer = await chat.SayAsync("Hi");
        hand.Says("Good day.");
        await Until.TrueAsync(async () => Chat.Content(await chat.MessageAsync(answer)) == "Good day.");
        await BreakOnceAsync(table, table == "minions" ? minion : chat.Id);

        hand.Ends();
        await stream.UntilAsync("done");

        var ended = await chat.MessageAsync(answer);
        Assert.Equal(("complete", "Good day."), (Chat.State(ended), Chat.Content(ended)));
        var read = (await republic.Mira.Api.GetAsync($"/api/minions/{minion}"))["minion"]!;
        Assert.Equal((1, 1), (read["total_queries"]!.GetValue<long>(), read["success_rate"]!.GetValue<double>()));
    }

    [Theory]
    [InlineData(TurnState.Complete)]
    [InlineData(TurnState.Stopped)]
    public async Task An_end_that_is_saved_again_because_its_confirmation_was_lost_counts_once(TurnState state)
    {
        await using var vendor = new FakeVendor();
        _ = vendor.AnswersByHand();
        var minion = (await republic.Mira.NewMinionAsync($"confirmed {state}", vendor)).Id;
        var chat = await Chat.BeginAsync(republic.Mira, minion);
        var message = await chat.SayAsync("Hi");
        if (state == TurnState.Stopped)
        {
            await republic.QueryAsync(db =>
                db.Messages.Where(m => m.Id == message).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, state), Ct)
            );
        }

        Assert.True(await EndAsync(chat.Id, message, minion));
        Assert.True(await EndAsync(chat.Id, message, minion));

        var read = (await republic.Mira.Api.GetAsync($"/api/minions/{minion}"))["minion"]!;
        Assert.Equal(1, read["total_queries"]!.GetValue<long>());
    }

    [Fact]
    public async Task An_answer_whose_writer_was_taken_for_gone_by_another_node_keeps_what_it_took_and_counts_once()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var minion = (await republic.Mira.NewMinionAsync("abandoned", vendor)).Id;
        var chat = await Chat.BeginAsync(republic.Mira, minion);
        var message = await chat.SayAsync("Hi");
        hand.Says("Half");
        await Until.TrueAsync(async () => Chat.Content(await chat.MessageAsync(message)) == "Half");
        // It writes nothing itself.
        var other = ActivatorUtilities.CreateInstance<ChatTurns>(republic.Services);
        var sweep = ActivatorUtilities.CreateInstance<AnswerSweep>(republic.Services, other);
        await Until.TrueAsync(async () =>
        {
            await SilenceAsync(message);
            await sweep.SweepAsync(Ct);
            return Chat.State(await chat.MessageAsync(message)) == "interrupted";
        });

        await hand.ClientGone;
        await Until.TrueAsync(() => republic.QueryAsync(db => db.Messages.AnyAsync(m => m.Id == message && m.DurationMs != null, Ct)));

        var kept = await chat.MessageAsync(message);
        Assert.Equal(("interrupted", "Half", "vendor-model"), (Chat.State(kept), Chat.Content(kept), (string?)kept["model"]));

        var read = (await republic.Mira.Api.GetAsync($"/api/minions/{minion}"))["minion"]!;
        Assert.Equal((1, 0), (read["total_queries"]!.GetValue<long>(), read["success_rate"]!.GetValue<double>()));
    }

    [Fact]
    public async Task An_answer_is_never_taken_for_gone_by_the_node_that_writes_it()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var chat = await Chat.BeginAsync(republic.Mira, vendor, "silent, and alive");
        var message = await chat.SayAsync("Hi");
        await hand.Asked;

        await SilenceAsync(message);
        await ActivatorUtilities.CreateInstance<AnswerSweep>(republic.Services).SweepAsync(Ct);

        hand.Says("Good day.");
        hand.Ends();
        Assert.Equal("complete", Chat.State(await chat.EndOfAsync(message)));
    }

    [Fact]
    public async Task Who_ends_an_answer_and_who_asks_for_another_both_hold_the_chat_first()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var chat = await Chat.BeginAsync(republic.Mira, vendor, "asked again at once");
        var answer = await chat.SayAsync("Hi");
        hand.Says("Good day.");
        await Until.TrueAsync(async () => Chat.Content(await chat.MessageAsync(answer)) == "Good day.");
        Task refused;
        await using (
            var turn = await HeldTurn.TakeAsync(
                republic,
                db => db.Database.ExecuteSqlAsync($"select 1 from conversations where id = {chat.Id} for update", Ct)
            )
        )
        {
            refused = republic.Mira.Api.ProblemAsync(409, HttpMethod.Post, $"/api/messages/{answer}/regenerate");
            await turn.WaitedForAsync(1, "from conversations where id");
            hand.Ends();
            await turn.WaitedForAsync(1, "update conversations");

            await turn.Db.Database.ExecuteSqlAsync($"select 1 from messages where id = {answer} for update nowait", Ct);
        }

        await refused;
        Assert.Equal("complete", Chat.State(await chat.EndOfAsync(answer)));
    }

    /// <summary>As if its writer had not saved it for long.</summary>
    private Task SilenceAsync(Guid message) =>
        republic.QueryAsync(db =>
            db.Messages.Where(m => m.Id == message)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.UpdatedAt, DateTimeOffset.UnixEpoch), Ct)
        );

    private async Task<bool> EndAsync(Guid chat, Guid message, Guid minion)
    {
        using var turn = new RunningTurn(message);
        return await republic
            .Services.GetRequiredService<AnswerCompletion>()
            .EndAsync(
                turn,
                new AnswerOrder(republic.Mira.Id, chat, message, minion),
                new AnswerReceipt(AnswerEnd.Complete, null) { DurationMs = 12 }
            );
    }

    /// <summary>Ends the connection of whoever writes the row first; a sequence counts what is rolled back as well.</summary>
    private async Task BreakOnceAsync(string table, Guid row)
    {
        var sql = $"""
            create sequence breaks_{table};
            create function break_{table}() returns trigger language plpgsql as $$
            begin
              if new.id = '{row}' and nextval('breaks_{table}') = 1 then
                perform pg_terminate_backend(pg_backend_pid());
              end if;
              return new;
            end
            $$;
            create trigger breaks before update on {table} for each row execute function break_{table}();
            """;
        await republic.QueryAsync(db => db.Database.ExecuteSqlRawAsync(sql, Ct));
    }
}
