using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Chats.Conversations;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Training.Runs;

namespace Republic.Core.Interactions;

/// <summary>Keeps the consent of people that minions learn from their conversations, and acts where it ends.</summary>
public sealed class LearningConsent(RepublicDb db, ConversationEditor conversations, JobControl jobs, AuditLog audit)
{
    private const string Withdrawn = "was taken back, so the run was stopped.";

    /// <summary>Gives or withdraws consent. Once it is withdrawn, the chat's pairs leave the next dataset, and runs that are learning from them are stopped.</summary>
    public async Task<Outcome<Guid>> SetAsync(Guid person, Guid conversation, bool agrees, CancellationToken ct)
    {
        var before = await db
            .Participants.Where(p => p.ConversationId == conversation && p.CitizenId == person)
            .Select(p => p.TeachesSince)
            .FirstOrDefaultAsync(ct);
        var subject = await SubjectAsync(conversation, ct);
        if (agrees)
        {
            return await GiveAsync(person, conversation, (before is null ? AuditActions.ConsentGiven : null, subject), ct);
        }

        return await TakeBackAsync(
            person,
            conversation,
            () => conversations.TeachAsync(person, conversation, agrees, ct),
            Withdrawn,
            (before is null ? null : AuditActions.ConsentWithdrawn, subject),
            ct
        );
    }

    private async Task<Outcome<Guid>> GiveAsync(
        Guid person,
        Guid conversation,
        (string? Action, string Subject) entry,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var given = await conversations.TeachAsync(person, conversation, agrees: true, ct);
        if (!given.Ok)
        {
            return given;
        }

        await audit.CommitAsync(db, person, entry.Action, entry.Subject, ct);
        conversations.Tell(person, conversation);
        return given;
    }

    /// <summary>Makes a change that ends consent. A run that begins at the same moment is either seen here and stopped, or sees what was taken back and does not begin.</summary>
    /// <param name="became">What became of the chat, as a run of its rows says it.</param>
    /// <param name="entry">Of the audit log; no action where nothing changed.</param>
    internal async Task<Outcome<Guid>> TakeBackAsync(
        Guid person,
        Guid conversation,
        Func<Task<Outcome<Guid>>> change,
        string became,
        (string? Action, string Subject) entry,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await TrainingControl.TakeTurnAsync(db, person, ct);
        List<Job> stopped = [];
        // With the consent itself: a process that dies right after it leaves no run learning.
        foreach (var run in await LearningAsync(person, conversation, ct))
        {
            stopped.AddRange(await JobControl.CancelInAsync(db, person, [run.Work], run.Why(became), ct));
        }

        var changed = await change();
        if (!changed.Ok)
        {
            return changed;
        }

        await audit.CommitAsync(db, person, entry.Action, entry.Subject, CancellationToken.None);
        conversations.Tell(person, conversation);
        jobs.PublishEnd(stopped);
        return changed;
    }

    /// <summary>Finds the runs that learn from the chat and are not over: at work, waiting, or paused.</summary>
    private async Task<List<LearningRun>> LearningAsync(Guid person, Guid conversation, CancellationToken ct)
    {
        var datasets = await db
            .LearnedPairs.Where(pair => pair.OwnerId == person && pair.ConversationId == conversation)
            .Select(pair => pair.DatasetId)
            .Distinct()
            .ToListAsync(ct);
        return await db
            .TrainingJobs.OwnedBy(person)
            .Where(job => job.DatasetIds.Any(dataset => datasets.Contains(dataset)))
            .Where(job =>
                db.Jobs.Any(work =>
                    work.Id == job.WorkId
                    && (work.Status == JobStatus.Queued || work.Status == JobStatus.Running || work.Status == JobStatus.Paused)
                )
            )
            .OrderBy(job => job.WorkId)
            .Select(job => new LearningRun(
                job.WorkId!.Value,
                db.LearnedPairs.Count(pair => job.DatasetIds.Contains(pair.DatasetId) && pair.ConversationId == conversation),
                db.LearnedPairs.Count(pair => job.DatasetIds.Contains(pair.DatasetId))
            ))
            .ToListAsync(ct);
    }

    /// <summary>Names a conversation in the audit log without its title, which begins with what was said: the log keeps it for ever.</summary>
    internal async Task<string> SubjectAsync(Guid conversation, CancellationToken ct)
    {
        var names = await db
            .Participants.Where(p => p.ConversationId == conversation && p.Citizen!.Kind == CitizenKind.Minion)
            .Select(p => p.Citizen!.DisplayName)
            .ToListAsync(ct);
        return $"{string.Join(", ", names)}, chat {conversation:N}";
    }

    /// <param name="Rows">Of the chat.</param>
    private sealed record LearningRun(Guid Work, int Rows, int Of)
    {
        public string Why(string became) =>
            $"A chat that {Counted.Of(Rows)} of its {Counted.Of(Of, "row")} {(Rows == 1 ? "comes" : "come")} from {became}";
    }
}
