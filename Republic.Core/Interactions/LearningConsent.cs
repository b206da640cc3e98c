using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Chats.Conversations;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Interactions.Lineage;
using Republic.Core.Training.Runs;

namespace Republic.Core.Interactions;

/// <summary>A person's consent that minions learn from a conversation, and its end.</summary>
public sealed class LearningConsent(RepublicDb db, ConversationEditor conversations, TrainingControl control, AuditLog audit)
{
    /// <summary>Withdrawn, the chat's pairs leave the next dataset, and runs that are learning from them are stopped.</summary>
    public async Task<Outcome<Guid>> SetAsync(Guid person, Guid conversation, bool agrees, CancellationToken ct)
    {
        var before = await db
            .Participants.Where(p => p.ConversationId == conversation && p.CitizenId == person)
            .Select(p => p.TeachesSince)
            .FirstOrDefaultAsync(ct);
        var subject = await SubjectAsync(conversation, ct);
        if (agrees)
        {
            var given = await conversations.TeachAsync(person, conversation, agrees, ct);
            await (given.Ok && before is null ? audit.WriteForAsync(person, AuditActions.ConsentGiven, subject) : Task.CompletedTask);
            return given;
        }

        var taken = await TakeBackAsync(person, conversation, () => conversations.TeachAsync(person, conversation, agrees, ct), ct);
        await (taken.Ok && before is not null ? audit.WriteForAsync(person, AuditActions.ConsentWithdrawn, subject) : Task.CompletedTask);
        return taken;
    }

    /// <summary>Deletes a conversation. Runs that are learning from it are stopped; versions that learned from it are marked.</summary>
    public async Task<Outcome<Guid>> DeleteAsync(Guid person, Guid conversation, CancellationToken ct)
    {
        var subject = await SubjectAsync(conversation, ct);
        var deleted = await TakeBackAsync(person, conversation, () => conversations.DeleteAsync(person, conversation, ct), ct);
        await (deleted.Ok ? audit.WriteForAsync(person, AuditActions.ChatDeleted, subject) : Task.CompletedTask);
        return deleted;
    }

    /// <summary>A run that begins at the same moment is either seen here and stopped, or sees what was taken back and does not begin.</summary>
    private async Task<Outcome<Guid>> TakeBackAsync(Guid person, Guid conversation, Func<Task<Outcome<Guid>>> change, CancellationToken ct)
    {
        List<Guid> learning;
        Outcome<Guid> changed;
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            await TrainingControl.TakeTurnAsync(db, person, ct);
            changed = await change();
            if (!changed.Ok)
            {
                return changed;
            }

            var datasets = await db
                .LearnedPairs.Where(pair => pair.OwnerId == person && pair.ConversationId == conversation)
                .Select(pair => pair.DatasetId)
                .Distinct()
                .ToListAsync(ct);
            learning = await db
                .TrainingJobs.UnderWay(db, person)
                .Where(job => job.DatasetIds.Any(dataset => datasets.Contains(dataset)))
                .Select(job => job.Id)
                .ToListAsync(ct);
            await transaction.CommitAsync(CancellationToken.None);
        }

        foreach (var run in learning)
        {
            await control.StopAsync(person, run, CancellationToken.None);
        }

        return changed;
    }

    /// <summary>Not the title, which begins with what was said: the log keeps it for ever.</summary>
    private async Task<string?> SubjectAsync(Guid conversation, CancellationToken ct)
    {
        var names = await db
            .Participants.Where(p => p.ConversationId == conversation && p.Citizen!.Kind == CitizenKind.Minion)
            .Select(p => p.Citizen!.DisplayName)
            .ToListAsync(ct);
        return $"{string.Join(", ", names)}, chat {conversation:N}";
    }
}
