using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Conversations;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Tasks.Board;

namespace Republic.Core.Tasks.Conversations;

/// <summary>Conversations about tasks, each with the minion that does it.</summary>
public sealed class TaskConversations(RepublicDb db, ConversationEditor editor, ConversationReader conversations)
{
    /// <summary>The conversation about the task with this minion; null where there is none yet.</summary>
    public async Task<ConversationRow?> FindAsync(Guid me, Guid task, Guid minion, CancellationToken ct)
    {
        var about = new ConversationFilter(TaskSubject.Name, task);
        var all = await conversations.ListAsync(me, about, ConversationReader.MaxPage, null, ct);
        return all.FirstOrDefault(conversation => conversation.Participants.Any(participant => participant.Id == minion));
    }

    /// <summary>The task that a conversation is about; null where it is about none.</summary>
    public async Task<TaskLink?> AboutAsync(Guid me, ConversationRow conversation, CancellationToken ct) =>
        conversation is { RelatedType: TaskSubject.Name, RelatedId: { } id }
            ? await db
                .Tasks.OwnedBy(me)
                .Where(t => t.Id == id)
                .Select(t => new TaskLink(t.Id, t.Number, t.Title, t.Status))
                .SingleOrDefaultAsync(ct)
            : null;

    /// <summary>Opens the conversation with the minion that does the task: the one that is there, or a new one.</summary>
    public async Task<Outcome<Guid>> OpenAsync(Guid me, Guid id, CancellationToken ct)
    {
        var task = await db
            .Tasks.OwnedBy(me)
            .Where(t => t.Id == id)
            .Select(t => new
            {
                t.Number,
                t.Title,
                t.AssignedTo,
            })
            .SingleOrDefaultAsync(ct);
        if (task is null)
        {
            return Failure.NotFound("task");
        }

        if (task.AssignedTo is not { } minion || !await db.Minions.Live().OwnedBy(me).AnyAsync(m => m.Id == minion, ct))
        {
            return Failure.Conflict("No minion of yours does it. Give the task to one, then talk about it.");
        }

        var title = $"T-{task.Number} {task.Title}".AtMost(ConversationEditor.MaxTitle);
        return await editor.CreateAsync(me, new ConversationInput(title, [minion], TaskSubject.Name, id), ct);
    }
}
