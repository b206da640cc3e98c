using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;
using Republic.Core.Minions.Access;

namespace Republic.Core.Chats.Answers;

/// <summary>
/// Keeps an answer's row while it is written. Every write names the states it may follow, so a writer that was swept as silent,
/// or stopped from another node, finds out at its next save. Times are the database's: nodes may disagree on theirs.
/// </summary>
internal sealed class AnswerStore(
    IDbContextFactory<RepublicDb> databases,
    MinionStatistics statistics,
    IOptions<ChatSettings> settings,
    TimeProvider time,
    ILogger<AnswerStore> log
)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(3);

    /// <summary>Saves what has come so far, again and again, until cancelled.</summary>
    public async Task BeatAsync(RunningAnswer answer, CancellationToken ct)
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
    public async Task<bool> FinishAsync(RunningAnswer answer, AnswerReceipt receipt)
    {
        var patience = answer.Ending == AnswerEnding.Shutdown ? ShutdownPatience : settings.Value.SavePatience;
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                var saved = await SaveEndAsync(answer, receipt);
                await statistics.CountAsync(answer.Order.MinionId, receipt.State == MessageState.Complete, CancellationToken.None);
                return saved;
            }
            catch (Exception e) when (DatabaseFaults.IsTransient(e) && time.GetElapsedTime(started) < patience)
            {
                await Task.Delay(Retry, time);
            }
        }
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
        var saved = await db.Database.ExecuteSqlAsync(
            $"""
            update messages set
              content = {answer.Text.ToString()},
              state = case when state = 'Stopped' then state else {receipt.State.ToString()} end,
              error = case when state = 'Stopped' then null else {receipt.Error} end,
              updated_at = clock_timestamp(),
              provider = {receipt.Provider}, model = {receipt.Model}, minion_version = {receipt.MinionVersion},
              prompt_tokens = {receipt.PromptTokens}, completion_tokens = {receipt.CompletionTokens}, cost = {receipt.Cost},
              route = {receipt.Route?.ToJson()}::jsonb, trace = {receipt.Trace?.ToJson()}::jsonb,
              first_token_ms = {receipt.FirstTokenMs}, duration_ms = {receipt.DurationMs}, generation_ms = {receipt.GenerationMs},
              finish_reason = {receipt.FinishReason}, omitted_messages = {receipt.OmittedMessages}
            where id = {answer.Order.MessageId} and state in ('Pending', 'Streaming', 'Stopped')
            """,
            CancellationToken.None
        );
        await db.Database.ExecuteSqlAsync(
            $"update conversations set updated_at = clock_timestamp() where id = {answer.Order.ConversationId}",
            CancellationToken.None
        );
        return saved == 1;
    }
}
