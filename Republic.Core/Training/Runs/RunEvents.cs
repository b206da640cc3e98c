using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Training.Runs;

/// <summary>The journal of a run: <c>step</c>, <c>loss</c>, <c>log</c> and <c>report</c> as they are stored, and <c>progress</c>.</summary>
public sealed class RunEvents : IJournal
{
    public string Noun => "training job";

    public Task<Guid?> OwnerAsync(RepublicDb db, Guid subject, CancellationToken ct) =>
        db.TrainingJobs.Where(job => job.Id == subject).Select(job => (Guid?)job.OwnerId).SingleOrDefaultAsync(ct);

    public Task<bool> MaySeeAsync(RepublicDb db, Guid person, Guid subject, CancellationToken ct) =>
        db.TrainingJobs.OwnedBy(person).AnyAsync(job => job.Id == subject, ct);

    public IQueryable<JournalEntry> Entries(RepublicDb db, Guid subject) =>
        db
            .TrainingEvents.Where(e => e.TrainingJobId == subject)
            .Select(e => new JournalEntry
            {
                Number = e.Id,
                Kind = e.Kind,
                Data = e.Data,
            });

    public async Task<JournalSnapshot?> SnapshotAsync(RepublicDb db, Guid subject, CancellationToken ct)
    {
        var row = await (
            from job in db.TrainingJobs
            where job.Id == subject
            join work in db.Jobs on job.WorkId equals (Guid?)work.Id into works
            from last in works.DefaultIfEmpty()
            select new
            {
                Work = last,
                Done = db.TrainingSteps.Count(step =>
                    step.TrainingJobId == subject && (step.Status == StepStatus.Completed || step.Status == StepStatus.Skipped)
                ),
            }
        )
            .AsNoTracking()
            .SingleOrDefaultAsync(ct);
        return row is null ? null : Draw(RunStanding.Of(row.Work, row.Done));
    }

    public ServerEvent Draw(JournalEntry entry, Guid viewer) => entry.ToServerEvent();

    private static JournalSnapshot Draw(RunStanding standing) =>
        new(
            "progress",
            new Standing(
                standing.Status,
                standing.Progress,
                standing.Live?.EtaSeconds is { } eta ? Math.Round(eta, 1) : null,
                standing.CurrentStep,
                standing.ErrorMessage,
                standing.HeldUntil,
                standing.Live?.Gauges
            ),
            IsOver: standing.Status == TrainingStatus.Completed
        );

    private sealed record Standing(
        TrainingStatus Status,
        double Progress,
        double? EtaSeconds,
        int CurrentStep,
        string? ErrorMessage,
        DateTimeOffset? HeldUntil,
        RunGauges? Gauges
    );
}
