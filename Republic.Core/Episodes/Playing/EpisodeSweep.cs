using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Jobs;

namespace Republic.Core.Episodes.Playing;

/// <summary>Goes on where a person did not act in time, and says it of a job that ended without its step.</summary>
internal sealed class EpisodeSweep(
    IDbContextFactory<RepublicDb> databases,
    EpisodeMachines machines,
    JobControl jobs,
    EpisodeWorkTools tools,
    ILogger<EpisodeSweep> log
) : Sweep(TimeSpan.FromMinutes(1), "Deadlines of episodes wait", tools.Time, log)
{
    private const int Most = 100;

    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = Time.GetUtcNow();
        var late = await db
            .Timelines.Where(t => t.Wait == EpisodeWait.Person && t.Until <= now)
            .OrderBy(t => t.Until)
            .Take(Most)
            .Select(t => t.Id)
            .ToListAsync(ct);
        var orphaned = await db
            .Timelines.Where(t =>
                t.JobId != null && !db.Jobs.Any(j => j.Id == t.JobId && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running))
            )
            .OrderBy(t => t.Id)
            .Take(Most)
            .Select(t => t.Id)
            .ToListAsync(ct);
        foreach (var id in late.Concat(orphaned))
        {
            await GoOnAsync(id, ct);
        }

        return late.Count + orphaned.Count;
    }

    private async Task GoOnAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.LockTimelineAsync(id, ct) is not var (episode, timeline))
        {
            return;
        }

        var machine = await machines.OfAsync(db, episode.ScenarioId, episode.Version, ct);
        var change = new TimelineChange(db, episode, timeline, machine, jobs, Time.GetUtcNow());
        if (timeline.State is { Ask: { } ask } && await IsOrphanedAsync(db, timeline, ct))
        {
            await change.ApplyAsync(
                new EpisodeEvent.StepFailed(ask, "The work on it ended without an answer. Look at the log, and resume to try again.", 0, 0),
                ct
            );
        }
        else
        {
            await change.ApplyAsync(new EpisodeEvent.TimedOut(), ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        if (change.Added is { } job)
        {
            await jobs.StartAsync(job);
        }

        await tools.PublishAsync(episode, ct);
    }

    private static async Task<bool> IsOrphanedAsync(RepublicDb db, Timeline timeline, CancellationToken ct) =>
        timeline.JobId is { } job
        && !await db.Jobs.AnyAsync(j => j.Id == job && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running), ct);
}
