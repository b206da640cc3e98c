using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Admin.Work;

/// <summary>Stops other people's jobs.</summary>
public sealed class WorkControl(RepublicDb db, JobControl jobs, IEnumerable<IJobStopper> stoppers, AuditLog audit)
{
    /// <summary>Stops a job. Its results so far are kept, as when its owner stops it, and the owner is told who stopped it.</summary>
    /// <param name="name">The name of the superuser, which the owner is told.</param>
    public async Task<Outcome<Guid>> StopAsync(Guid by, string name, Guid id, CancellationToken ct)
    {
        if (!await AdministersAsync(by, ct))
        {
            return Failure.Forbidden("Only a superuser stops the work of others.");
        }

        var job = await db
            .Jobs.Where(j => j.Id == id)
            .Select(j => new
            {
                j.OwnerId,
                j.Kind,
                j.Subject,
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

        var why = $"{name}, a superuser, stopped it.";
        var refusal = stoppers.FirstOrDefault(one => one.Kind == job.Kind) is { } stopper
            ? await stopper.StopAsync(job.OwnerId, job.Subject, why, ct)
            : (await jobs.EndAsync(job.OwnerId, id, JobStatus.Cancelled, why, ct)).Failure;
        if (refusal is not null)
        {
            return refusal;
        }

        await audit.WriteAsync(AuditActions.JobStopped, $"{job.Kind} of {job.Owner}");
        return id;
    }

    /// <summary>
    /// Whether a person is an active superuser, after any change of their role that is under way. The lock on their account is released
    /// again: stopping a job locks its owner's tasks, which come before accounts.
    /// </summary>
    private async Task<bool> AdministersAsync(Guid by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        return await db.KeepsAdministeringAsync(by, ct);
    }
}
