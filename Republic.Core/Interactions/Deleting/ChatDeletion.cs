using Republic.Core.Audit;
using Republic.Core.Chats.Conversations;
using Republic.Core.Data;
using Republic.Core.Interactions.Lineage;

namespace Republic.Core.Interactions.Deleting;

/// <summary>Deletes chats, first so that they can be restored and then for good, with what was made of them.</summary>
public sealed class ChatDeletion(
    RepublicDb db,
    ConversationEditor conversations,
    LearningConsent consent,
    DerivedRows derived,
    AuditLog audit
)
{
    private const string Deleted = "was deleted, so the run was stopped.";

    /// <summary>
    /// Deletes a conversation, which can be restored for <see cref="Conversation.DaysKept"/> days. Runs that are learning from it are stopped, and
    /// versions that learned from it are marked. Datasets with its rows stay as long as it can be restored, and no run learns from them.
    /// </summary>
    /// <returns>What knows it still; nothing was deleted with it yet.</returns>
    public async Task<Outcome<DerivedData>> DeleteAsync(Guid person, Guid conversation, CancellationToken ct)
    {
        var subject = await consent.SubjectAsync(conversation, ct);
        var deleted = await consent.TakeBackAsync(
            person,
            conversation,
            () => conversations.DeleteAsync(person, conversation, ct),
            Deleted,
            (AuditActions.ChatDeleted, subject),
            ct
        );
        return deleted.Ok
            ? (await derived.OfChatAsync(person, conversation, CancellationToken.None)) with
            {
                Rows = 0,
                Datasets = 0,
            }
            : deleted.Failure;
    }

    /// <summary>Brings a conversation back as it was, with its branches, its feedback and the consent to learn from it. One that is there already stays.</summary>
    public async Task<Outcome<Guid>> RestoreAsync(Guid person, Guid conversation, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var restored = await conversations.RestoreAsync(person, conversation, ct);
        if (!restored.Ok)
        {
            return restored.Failure;
        }

        if (restored.Value)
        {
            await audit.CommitAsync(db, person, AuditActions.ChatRestored, await consent.SubjectAsync(conversation, ct), ct);
            conversations.Tell(person, conversation);
        }

        return conversation;
    }

    /// <summary>Deletes a conversation for good, whether or not it was deleted before, and the datasets with rows of it.</summary>
    /// <returns>What was deleted with it, and what knows it still.</returns>
    public async Task<Outcome<DerivedData>> EraseAsync(Guid person, Guid conversation, CancellationToken ct)
    {
        // A process that dies in between leaves a deleted chat, which the sweep finds when its time is over.
        var deleted = await DeleteAsync(person, conversation, ct);
        return deleted.Ok || deleted.Failure.Kind == FailureKind.NotFound
            ? await FinishAsync(person, conversation, CancellationToken.None)
            : deleted.Failure;
    }

    /// <summary>Deletes for good what was deleted before. The datasets go first: where the process dies in between, the sweep comes back for the chat.</summary>
    internal async Task<Outcome<DerivedData>> FinishAsync(Guid person, Guid conversation, CancellationToken ct)
    {
        var subject = await consent.SubjectAsync(conversation, ct);
        var tasks = await derived.TasksAsync(person, conversation, ct);
        var gone = await derived.DeleteOfChatAsync(person, conversation, subject, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var erased = await conversations.EraseAsync(person, conversation, ct);
        if (erased)
        {
            await audit.CommitAsync(db, person, AuditActions.ChatErased, subject, ct);
        }

        // Of a chat that is not there rows can be, where a process died that had deleted it first.
        return erased || gone.Datasets > 0 ? gone with { Tasks = tasks } : Failure.NotFound("conversation");
    }
}
