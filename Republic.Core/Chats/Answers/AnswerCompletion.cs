using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Answering;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Messages;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Minions.Access;

namespace Republic.Core.Chats.Answers;

/// <summary>Saves the ends of answers, with the statistics of their minions and the time of their conversations.</summary>
internal sealed class AnswerCompletion(
    IDbContextFactory<RepublicDb> databases,
    TurnStore<Message> store,
    IOptions<ChatSettings> settings,
    LastSeen seen,
    TimeProvider time
)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(3);

    /// <summary>Saves that the answer waits for a person, with what it has so far, and waits for a database that is away. False when the row is no longer this writer's.</summary>
    public Task<bool> WaitAsync(RunningTurn turn, AnswerReceipt receipt) =>
        SaveAsync(
            turn,
            async () =>
            {
                await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
                if (await db.Messages.AnyAsync(m => m.Id == turn.Id && m.State == TurnState.Waiting))
                {
                    // The connection broke after the database had saved it.
                    return true;
                }

                await store.GrowAsync(turn, run: null, CancellationToken.None);
                return turn.Cancellation is null && await WaitOnceAsync(db, turn.Id, receipt);
            }
        );

    /// <summary>Saves the end, and waits for a database that is away. False when the row is no longer this writer's.</summary>
    public async Task<bool> EndAsync(RunningTurn turn, AnswerOrder order, AnswerReceipt receipt)
    {
        var isSaved = await SaveAsync(turn, () => EndOnceAsync(turn, order, receipt));
        if (isSaved && receipt.End == AnswerEnd.Complete)
        {
            seen.Note(order.MinionId);
        }

        return isSaved;
    }

    private async Task<bool> SaveAsync(RunningTurn turn, Func<Task<bool>> save)
    {
        var patience = turn.Cancellation == TurnCancellation.Shutdown ? ShutdownPatience : settings.Value.SavePatience;
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await save();
            }
            catch (Exception e) when (DatabaseFaults.IsTransient(e) && time.GetElapsedTime(started) < patience)
            {
                await Task.Delay(Retry, time);
            }
        }
    }

    private static async Task<bool> WaitOnceAsync(RepublicDb db, Guid answer, AnswerReceipt receipt)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        var waits = await db.WaitTurnAsync<Message>(answer, receipt, CancellationToken.None);
        await db.KeepUnreadAsync([answer], CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return waits;
    }

    private async Task<bool> EndOnceAsync(RunningTurn turn, AnswerOrder order, AnswerReceipt receipt)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        // Before the message: the next question holds the conversation while it waits for the end of this answer.
        await db.Database.ExecuteSqlAsync(
            $"update conversations set updated_at = clock_timestamp() where id = {order.ConversationId}",
            CancellationToken.None
        );
        var isCounted = await db.Messages.AnyAsync(m => m.Id == turn.Id && m.State == TurnState.Interrupted, CancellationToken.None);
        // It may be searched already: whoever stopped it saved what had come until then.
        if (
            !await db.EndTurnAsync<Message>(
                turn.Id,
                turn.Text.ToString(),
                receipt,
                set => set.SetProperty(m => m.IsIndexed, false),
                CancellationToken.None
            )
        )
        {
            // The connection may have broken after the database had saved it all: nothing else writes how long it took.
            return await db.Messages.AnyAsync(m => m.Id == turn.Id && m.DurationMs != null);
        }

        await db.ExpireToolCallsAsync([turn.Id], CancellationToken.None);
        await db.KeepUnreadAsync([turn.Id], CancellationToken.None);
        if (!isCounted)
        {
            await MinionStatistics.CountAsync(
                db,
                order.MinionId,
                receipt.Provider,
                receipt.End == AnswerEnd.Complete,
                CancellationToken.None
            );
        }

        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }
}
