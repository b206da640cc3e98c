using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Tasks.Conversations;

internal static class SourceQueries
{
    /// <summary>The conversation of one of the person's messages; null where there is none. Neither is deleted before the transaction ends.</summary>
    public static async Task<Guid?> ConversationOfAsync(this RepublicDb db, Guid person, Guid? message, CancellationToken ct)
    {
        if (message is not { } id)
        {
            return null;
        }

        var found = await db
            .Database.SqlQuery<Guid>(
                $"""
                select m.conversation_id as "Value" from messages m
                join conversations c on c.id = m.conversation_id
                where m.id = {id} and c.owner_id = {person} and c.deleted_at is null
                for key share
                """
            )
            .ToListAsync(ct);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Conversations about a task that is deleted stay, and are about nothing in particular. So are those that are deleted and may come back.</summary>
    public static Task LeaveConversationsAsync(this RepublicDb db, Guid task, CancellationToken ct) =>
        db
            .Conversations.IgnoreQueryFilters()
            .Where(c => c.RelatedType == TaskSubject.Name && c.RelatedId == task)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RelatedType, (string?)null).SetProperty(c => c.RelatedId, (Guid?)null), ct);
}
