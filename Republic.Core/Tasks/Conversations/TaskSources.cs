using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Messages;
using Republic.Core.Citizens;
using Republic.Core.Data;

namespace Republic.Core.Tasks.Conversations;

/// <summary>Messages of chats that tasks are made of.</summary>
public sealed class TaskSources(IDbContextFactory<RepublicDb> databases)
{
    /// <summary>A new task of one of the person's messages, to be looked over before it is made.</summary>
    public async Task<Outcome<TaskDraft>> DraftAsync(Guid me, Guid message, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var said = await db
            .Messages.OwnedBy(db, me)
            .Where(m => m.Id == message)
            .Select(m => new
            {
                m.Content,
                HasSources = m.Trace != null,
                Minion = db
                    .Participants.Where(p => p.ConversationId == m.ConversationId && p.Citizen!.Kind == CitizenKind.Minion)
                    .Select(p => (Guid?)p.CitizenId)
                    .FirstOrDefault(),
            })
            .SingleOrDefaultAsync(ct);
        return said is null
            ? Failure.NotFound("message")
            : TaskDraft.Of(said.HasSources ? PlainWords.Uncited(said.Content) : said.Content, said.Minion);
    }

    /// <summary>The chat that a task came from; null where it came from none, or from one that is deleted.</summary>
    public async Task<TaskSource?> FindAsync(Guid me, Guid? conversation, CancellationToken ct)
    {
        if (conversation is not { } id)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .Conversations.OwnedBy(me)
            .Where(c => c.Id == id)
            .Select(c => new TaskSource(c.Id, c.Title))
            .SingleOrDefaultAsync(ct);
    }
}
