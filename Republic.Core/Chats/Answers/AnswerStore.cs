using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Republic.Core.Answering;
using Republic.Core.Chats.Messages;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Minions.Access;

namespace Republic.Core.Chats.Answers;

/// <summary>
/// Every change of an answer's state while it is written and at its end. An answer has one writer ever, so its state is its fence: each
/// write names the states that it may follow, and a writer that was swept as silent, or stopped from another node, finds out at its next
/// save. Times are the database's: nodes may disagree on theirs.
/// </summary>
public sealed class AnswerStore(
    IDbContextFactory<RepublicDb> databases,
    IOptions<ChatSettings> settings,
    LastSeen seen,
    TimeProvider time,
    ILogger<AnswerStore> log
)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(3);

    /// <summary>Saves what has come so far, again and again, until cancelled.</summary>
    internal async Task BeatAsync(RunningAnswer answer, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(settings.Value.Heartbeat, time);
        try
        {
            do
            {
                await TrySaveAsync(answer, ct);
            } while (await timer.WaitForNextTickAsync(ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The answer is done, and its last save is another one.
        }
    }

    /// <summary>Saves the end. False when the row is no longer this writer's.</summary>
    internal async Task<bool> FinishAsync(RunningAnswer answer, AnswerReceipt receipt)
    {
        var patience = answer.Ending == AnswerEnding.Shutdown ? ShutdownPatience : settings.Value.SavePatience;
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                var isSaved = await SaveEndAsync(answer, receipt);
                if (isSaved && receipt.End == AnswerEnd.Complete)
                {
                    seen.Note(answer.Order.MinionId);
                }

                return isSaved;
            }
            catch (Exception e) when (DatabaseFaults.IsTransient(e) && time.GetElapsedTime(started) < patience)
            {
                await Task.Delay(Retry, time);
            }
        }
    }

    /// <summary>Stops an answer whose writer did not do so when it was told. False when it has ended by itself.</summary>
    internal async Task<bool> StopAsync(Guid message, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
                .Messages.Where(m => m.Id == message)
                .BeingWritten()
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MessageState.Stopped), ct) == 1;
    }

    /// <summary>Interrupts answers that no writer has saved for longer than <see cref="ChatSettings.Silence"/>.</summary>
    internal async Task<IReadOnlyList<AbandonedAnswer>> InterruptAbandonedAsync(string reason, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var abandoned = await db
            .Database.SqlQuery<AbandonedAnswer>(
                $"""
                update messages m set state = 'Interrupted', error = {reason}, updated_at = clock_timestamp()
                from conversations c
                where c.id = m.conversation_id and m.state in ('Pending', 'Streaming')
                  and m.updated_at < clock_timestamp() - {settings.Value.Silence}
                returning m.id as "Id", m.conversation_id as "ConversationId", c.owner_id as "OwnerId", m.author_id as "MinionId"
                """
            )
            .ToListAsync(ct);
        foreach (var answer in abandoned)
        {
            await MinionStatistics.CountAsync(db, answer.MinionId, provider: null, succeeded: false, ct);
        }

        await transaction.CommitAsync(ct);
        return abandoned;
    }

    private async Task TrySaveAsync(RunningAnswer answer, CancellationToken ct)
    {
        try
        {
            var text = answer.Text.ToString();
            var state = text.Length > 0 ? nameof(MessageState.Streaming) : nameof(MessageState.Pending);
            await using var db = await databases.CreateDbContextAsync(ct);
            var saved = await db.Database.ExecuteSqlAsync(
                $"""
                update messages set content = {text}, state = {state},
                  trace = coalesce({answer.Trace?.ToJson()}::jsonb, trace), updated_at = clock_timestamp()
                where id = {answer.Order.MessageId} and state in ('Pending', 'Streaming')
                """,
                ct
            );
            if (saved == 0)
            {
                var now = await db
                    .Messages.Where(m => m.Id == answer.Order.MessageId)
                    .Select(m => (MessageState?)m.State)
                    .FirstOrDefaultAsync(ct);
                answer.End(now == MessageState.Stopped ? AnswerEnding.Stopped : AnswerEnding.Lost);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The answer goes on in memory, and the last save decides; or the sweep, when the database is away for too long.
            log.LogWarning("An answer could not be saved while it is written: {Reason}", e.Message);
        }
    }

    private async Task<bool> SaveEndAsync(RunningAnswer answer, AnswerReceipt receipt)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        // Before the message: the next question holds the conversation while it waits for the end of this answer.
        await db.Database.ExecuteSqlAsync(
            $"update conversations set updated_at = clock_timestamp() where id = {answer.Order.ConversationId}",
            CancellationToken.None
        );
        var saved = await db.Database.ExecuteSqlAsync(
            $"""
            update messages set
              content = {answer.Text.ToString()},
              state = case when state = 'Stopped' then state else {StateOf(receipt.End).ToString()} end,
              error = case when state = 'Stopped' then null else {receipt.Error} end,
              updated_at = clock_timestamp(),
              provider = {receipt.Provider}, model = {receipt.Model}, minion_version = {receipt.MinionVersion},
              prompt_tokens = {receipt.PromptTokens}, completion_tokens = {receipt.CompletionTokens}, cost = {receipt.Cost},
              route = {receipt.Route?.ToJson()}::jsonb, trace = {receipt.Trace?.ToJson()}::jsonb,
              first_token_ms = {receipt.FirstTokenMs}, duration_ms = {receipt.DurationMs}, generation_ms = {receipt.GenerationMs},
              finish_reason = {receipt.FinishReason}, omitted_messages = {receipt.OmittedMessages}
            where id = {answer.Order.MessageId} and state in ('Pending', 'Streaming', 'Stopped') and duration_ms is null
            """,
            CancellationToken.None
        );
        if (saved == 0 && await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == answer.Order.MessageId) is { } stored)
        {
            // The connection may have broken after the database had saved it all: nothing else writes how long it took.
            return stored.DurationMs is not null;
        }

        await MinionStatistics.CountAsync(
            db,
            answer.Order.MinionId,
            receipt.Provider,
            receipt.End == AnswerEnd.Complete,
            CancellationToken.None
        );
        await transaction.CommitAsync(CancellationToken.None);
        return saved == 1;
    }

    private static MessageState StateOf(AnswerEnd end) =>
        end switch
        {
            AnswerEnd.Complete => MessageState.Complete,
            AnswerEnd.Stopped => MessageState.Stopped,
            AnswerEnd.Interrupted => MessageState.Interrupted,
            _ => MessageState.Failed,
        };
}
