using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Jobs;

namespace Republic.Core.Episodes.Playing;

/// <summary>Goes on where a person did not act in time, and says it where they are gone, and of a job that ended without its step.</summary>
internal sealed class EpisodeSweep(
    IDbContextFactory<RepublicDb> databases,
    EpisodeMachines machines,
    TimelineServices services,
    EpisodeWorkServices tools,
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
        var deserted = await db
            .Timelines.Where(t =>
                t.Wait == EpisodeWait.Person
                && db.Steps.Any(s =>
                    s.TimelineId == t.Id
                    && s.DoneSeq == null
                    && s.State == TurnState.Pending
                    && !db.Users.Any(p => p.Id == s.CitizenId && p.DeactivatedAt == null)
                )
            )
            .OrderBy(t => t.Id)
            .Take(Most)
            .Select(t => t.Id)
            .ToListAsync(ct);
        var all = late.Concat(orphaned).Concat(deserted).Distinct().ToList();
        foreach (var id in all)
        {
            await TryContinueAsync(id, ct);
        }

        return all.Count;
    }

    /// <summary>One that cannot go on keeps no other from it: the same is the first of them in every pass.</summary>
    private async Task TryContinueAsync(Guid id, CancellationToken ct)
    {
        try
        {
            await ContinueAsync(id, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && !DatabaseFaults.IsDatabaseAway(e))
        {
            Log.LogError(e, "Timeline {Timeline} of an episode cannot go on by itself", id);
        }
    }

    private async Task ContinueAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.LockTimelineAsync(id, ct) is not var (episode, timeline))
        {
            return;
        }

        var machine = await machines.OfAsync(db, episode.ScenarioId, episode.Version, ct);
        var change = new TimelineChange(db, episode, timeline, machine, services, Time.GetUtcNow());
        var happened = await HappenedAsync(db, timeline, change.Now, ct);
        // Others than the owner know of no timeline but the one that is shown.
        var awaited = happened is EpisodeEvent.TimedOut && episode.TimelineId == id ? await AwaitedAsync(db, id, ct) : null;
        await change.ApplyAsync(happened, ct);
        await db.SaveChangesAsync(ct);
        var isMissed = awaited is not null && await db.Steps.AnyAsync(s => s.Id == awaited.Id && s.State == TurnState.Stopped, ct);
        await transaction.CommitAsync(ct);
        await services.CommittedAsync(change);
        if (isMissed)
        {
            tools.PublishMissed(awaited!);
        }

        await tools.PublishAsync(episode, ct);
    }

    /// <summary>
    /// The step of the person who is waited for. It has passed where it is stopped afterwards: where what happens else leads back to them, the
    /// same step goes on.
    /// </summary>
    private static Task<Step?> AwaitedAsync(RepublicDb db, Guid timeline, CancellationToken ct) =>
        db
            .Steps.AsNoTracking()
            .Where(s => s.TimelineId == timeline && s.DoneSeq == null && s.State == TurnState.Pending)
            .OrderBy(s => s.Seq)
            .FirstOrDefaultAsync(ct);

    /// <summary>What has not happened after all, since the timeline was found, is refused.</summary>
    private static async Task<EpisodeEvent> HappenedAsync(RepublicDb db, Timeline timeline, DateTimeOffset now, CancellationToken ct)
    {
        var state = timeline.State;
        if (state.Ask is { } ask && await IsOrphanedAsync(db, timeline, ct))
        {
            const string why = "The work on it ended without an answer. Look at the log, and resume to try again.";
            return new EpisodeEvent.StepFailed(ask, why, 0, 0);
        }

        return
            state is { Phase: EpisodePhase.Waiting, Role: { } role }
            && !(state.Until <= now)
            && state.Cast.GetValueOrDefault(role)?.Citizen is { } citizen
            && !await db.Users.AnyAsync(p => p.Id == citizen && p.DeactivatedAt == null, ct)
            ? new EpisodeEvent.Gone(role, citizen)
            : new EpisodeEvent.TimedOut();
    }

    private static async Task<bool> IsOrphanedAsync(RepublicDb db, Timeline timeline, CancellationToken ct) =>
        timeline.JobId is { } job
        && !await db.Jobs.AnyAsync(j => j.Id == job && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running), ct);
}
