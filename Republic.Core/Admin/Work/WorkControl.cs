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

        var stop = new JobStop(by, $"{name}, a superuser, stopped it.", $"{job.Kind} of {job.Owner}");
        var refusal = stoppers.FirstOrDefault(one => one.Kind == job.Kind) is { } stopper
            ? await stopper.StopAsync(job.OwnerId, job.Subject, stop, ct)
            : await StopAsync(job.OwnerId, id, stop, ct);
        return refusal is null ? id : refusal;
    }

    private async Task<Failure?> StopAsync(Guid owner, Guid id, JobStop stop, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ended = await JobControl.CancelInAsync(db, owner, [id], stop.Why, ct);
        await audit.CommitAsync(db, stop.By, AuditActions.JobStopped, stop.Subject, ct);
        jobs.PublishEnd(ended);
        return null;
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
