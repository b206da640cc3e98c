using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Episodes.Control;
using Republic.Core.Episodes.Machine;
using Republic.Core.Jobs;

namespace Republic.Core.Episodes.Playing;

/// <summary>Pauses an episode whose job a superuser stops. Its owner may resume it.</summary>
internal sealed class EpisodeJobStopper(RepublicDb db, EpisodeChanges changes, JobControl jobs, AuditLog audit) : IJobStopper
{
    public string Kind => EpisodeWork.KindOfJob;

    public async Task<Failure?> StopAsync(Guid owner, Guid subject, JobStop stop, CancellationToken ct)
    {
        var episode = await db.Timelines.Where(t => t.Id == subject).Select(t => (Guid?)t.EpisodeId).SingleOrDefaultAsync(ct);
        if (episode is not { } id)
        {
            return Failure.NotFound("episode");
        }

        IReadOnlyList<Job> cancelled = [];
        var stopped = await changes.ChangeAsync(
            owner,
            id,
            subject,
            async change =>
            {
                change.Timeline.JobId = null;
                if (
                    !change.State.IsPaused
                    && await EpisodeControl.ApplyAsync(change, new EpisodeEvent.Paused(stop.By, stop.Why), ct) is { } failure
                )
                {
                    return failure;
                }

                await audit.AppendAsync(change.Db, stop.By, AuditActions.JobStopped, stop.Subject, ct);
                return null;
            },
            async timeline => cancelled = await CancelAsync(owner, timeline, stop.Why, ct),
            ct
        );
        jobs.PublishEnd(cancelled);
        return stopped.Failure;
    }

    private async Task<IReadOnlyList<Job>> CancelAsync(Guid owner, Guid timeline, string why, CancellationToken ct)
    {
        var ids = await db
            .Jobs.OwnedBy(owner)
            .Where(j =>
                j.Kind == EpisodeWork.KindOfJob && j.Subject == timeline && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running)
            )
            .Select(j => j.Id)
            .ToListAsync(ct);
        return await JobControl.CancelInAsync(db, owner, ids, why, ct);
    }
}
