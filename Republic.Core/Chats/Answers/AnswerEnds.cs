using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;

namespace Republic.Core.Chats.Answers;

/// <summary>What goes with each end of an answer in a chat, within the transaction of the change that ends it.</summary>
internal static class AnswerEnds
{
    /// <summary>Ends answers whose writer is gone, or is to find out that they were stopped, or that wait, with their tool calls.</summary>
    /// <param name="error">For people.</param>
    /// <returns>The answers that were still to be written.</returns>
    public static async Task<IReadOnlyList<Guid>> CloseAnswersAsync(
        this RepublicDb db,
        IQueryable<Message> answers,
        TurnState state,
        string? error,
        CancellationToken ct
    )
    {
        var closed = await db.CloseTurnsAsync(answers, state, error, ct);
        await db.ExpireToolCallsAsync(closed, ct);
        await db.KeepUnreadAsync(closed, ct);
        return closed;
    }

    /// <summary>Says for the people in the chats of these answers since when they have something to read. For every change of what they may read.</summary>
    public static async Task KeepUnreadAsync(this RepublicDb db, IReadOnlyCollection<Guid> answers, CancellationToken ct)
    {
        if (answers.Count == 0)
        {
            return;
        }

        var ids = answers.ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
            update participants p set unread_since = (
              select min(m.updated_at) from messages m
              where m.conversation_id = p.conversation_id and m.author_id <> p.citizen_id and m.state not in ('Pending', 'Streaming')
                and m.updated_at > coalesce(p.last_read_at, '-infinity'))
            from citizens reader
            where reader.id = p.citizen_id and reader.kind = 'Person'
              and p.conversation_id in (select conversation_id from messages where id = any({ids}))
            """,
            ct
        );
    }
}
