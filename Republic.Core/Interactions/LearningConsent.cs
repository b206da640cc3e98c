using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Chats.Conversations;
using Republic.Core.Data;
using Republic.Core.Training.Runs;

namespace Republic.Core.Interactions;

/// <summary>A person's consent that minions learn from a conversation, and its end.</summary>
public sealed class LearningConsent(RepublicDb db, ConversationEditor conversations, TrainingControl control, AuditLog audit)
{
    /// <summary>Withdrawn, the chat's pairs leave the next dataset, and a run that is learning from them is stopped.</summary>
    public async Task<Outcome<Guid>> SetAsync(Guid person, Guid conversation, bool agrees, CancellationToken ct)
    {
        var before = await db
            .Participants.Where(p => p.ConversationId == conversation && p.CitizenId == person)
            .Select(p => p.TeachesSince)
            .FirstOrDefaultAsync(ct);
        var changed = await conversations.TeachAsync(person, conversation, agrees, ct);
        if (!changed.Ok || before.HasValue == agrees)
        {
            return changed;
        }

        if (!agrees)
        {
            await StopLearningAsync(person, conversation, ct);
        }

        await audit.WriteForAsync(
            person,
            agrees ? AuditActions.ConsentGiven : AuditActions.ConsentWithdrawn,
            await TitleAsync(conversation, ct)
        );
        return changed;
    }

    /// <summary>Deletes a conversation. Runs that are learning from it are stopped; versions that learned from it are marked.</summary>
    public async Task<Outcome<Guid>> DeleteAsync(Guid person, Guid conversation, CancellationToken ct)
    {
        var title = await TitleAsync(conversation, ct);
        var deleted = await conversations.DeleteAsync(person, conversation, ct);
        if (deleted.Ok)
        {
            await StopLearningAsync(person, conversation, ct);
            await audit.WriteForAsync(person, AuditActions.ChatDeleted, title);
        }

        return deleted;
    }

    private async Task StopLearningAsync(Guid person, Guid conversation, CancellationToken ct)
    {
        var runs = db.LearnedPairs.Where(pair => pair.OwnerId == person && pair.ConversationId == conversation).Select(pair => pair.RunId);
        var learning = await db.TrainingJobs.UnderWay(db, person).Where(job => runs.Contains(job.Id)).Select(job => job.Id).ToListAsync(ct);
        foreach (var run in learning)
        {
            await control.StopAsync(person, run, ct);
        }
    }

    private Task<string?> TitleAsync(Guid conversation, CancellationToken ct) =>
        db.Conversations.Where(c => c.Id == conversation).Select(c => c.Title).FirstOrDefaultAsync(ct);
}
