using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Admin.Work;

/// <summary>Stops other people's jobs.</summary>
public sealed class WorkControl(RepublicDb db, JobControl jobs, AuditLog audit)
{
    /// <summary>What it has done stays, as when its owner stops it; the owner reads who stopped it.</summary>
    public async Task<Outcome<Guid>> StopAsync(Guid id, string by, CancellationToken ct)
    {
        var job = await db
            .Jobs.Where(j => j.Id == id)
            .Select(j => new
            {
                j.OwnerId,
                j.Kind,
                j.Status,
                Owner = db.Users.Where(p => p.Id == j.OwnerId).Select(p => p.Citizen.DisplayName).First(),
            })
            .SingleOrDefaultAsync(ct);
        if (job is null)
        {
            return Failure.NotFound("job");
        }

        if (job.Status is not (JobStatus.Queued or JobStatus.Running or JobStatus.Paused))
        {
            return Failure.Conflict("This job is over already.");
        }

        var stopped = await jobs.EndAsync(job.OwnerId, id, JobStatus.Cancelled, $"{by}, a superuser, stopped it.", ct);
        if (!stopped.Ok)
        {
            return stopped.Failure;
        }

        await audit.WriteAsync(AuditActions.JobStopped, $"{job.Kind} of {job.Owner}");
        return id;
    }
}
