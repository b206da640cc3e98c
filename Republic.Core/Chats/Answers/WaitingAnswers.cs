using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Feeds;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Chats.Answers;

/// <summary>Answers in chats that wait for a person to decide on their tool calls.</summary>
internal sealed class WaitingAnswers(IDbContextFactory<RepublicDb> databases, ChatTurns turns, LiveEvents live) : ITurnResumer
{
    /// <summary>How long an answer may stay decided and not go on: a decision resumes it at once, unless its process dies.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public Task<bool> ResumeAsync(ToolCall call, CancellationToken ct) =>
        call.MessageId is { } message ? ResumeAsync(message, ct) : Task.FromResult(false);

    /// <summary>Tells of an answer that has just begun to wait. The person may have decided before its row said so.</summary>
    public Task BeginAsync(AnswerOrder order)
    {
        live.Publish(order.PersonId, ChatEvents.Of(ChatEvents.Message, order.ConversationId, order.MessageId));
        return ResumeAsync(order.MessageId, CancellationToken.None);
    }

    /// <summary>Goes on with an answer, if it waits and none of its calls does.</summary>
    public async Task<bool> ResumeAsync(Guid message, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var decided = db.Messages.Where(m =>
            m.Id == message && !db.ToolCalls.Any(c => c.MessageId == m.Id && c.Status == ToolCallStatus.Pending)
        );
        AnswerOrder order;
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (!await decided.ResumeAsync(ct))
            {
                return false;
            }

            await db.KeepUnreadAsync([message], ct);
            order = await OrderAsync(db, message, ct);
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another answer is being written in this chat: the sweep tries again.
            return false;
        }

        live.Publish(order.PersonId, ChatEvents.Of(ChatEvents.Message, order.ConversationId, message));
        turns.Start(order);
        return true;
    }

    public async Task<int> ResumeDecidedAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var left = await db
            .Messages.Where(m => m.State == TurnState.Waiting)
            .Where(m =>
                !db.ToolCalls.Any(c =>
                    c.MessageId == m.Id && (c.Status == ToolCallStatus.Pending || c.SettledAt > RepublicDb.Now() - Patience)
                )
            )
            .Select(m => m.Id)
            .ToListAsync(ct);
        var resumed = 0;
        foreach (var message in left)
        {
            resumed += await ResumeAsync(message, ct) ? 1 : 0;
        }

        return resumed;
    }

    public async Task<bool> EndAsync(ToolCall call, string why, CancellationToken ct)
    {
        if (call.MessageId is not { } message)
        {
            return false;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ended = await db.CloseAnswersAsync(
            db.Messages.Where(m => m.Id == message && m.State == TurnState.Waiting),
            TurnState.Stopped,
            why,
            ct
        );
        if (ended.Count == 0)
        {
            return false;
        }

        // Before it is committed: the chat may be deleted right after.
        var order = await OrderAsync(db, message, ct);
        await transaction.CommitAsync(ct);
        live.Publish(order.PersonId, ChatEvents.Of(ChatEvents.Done, order.ConversationId, message));
        return true;
    }

    private static Task<AnswerOrder> OrderAsync(RepublicDb db, Guid message, CancellationToken ct) =>
        db
            .Messages.Where(m => m.Id == message)
            .Join(db.Conversations, m => m.ConversationId, c => c.Id, (m, c) => new AnswerOrder(c.OwnerId, c.Id, m.Id, m.AuthorId))
            .SingleAsync(ct);
}
