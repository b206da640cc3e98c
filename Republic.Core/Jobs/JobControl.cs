using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Jobs;

/// <summary>Starts and cancels long work. Whoever asks for some adds a <see cref="Job"/> with the rows it belongs to, saves, and calls <see cref="StartAsync"/>.</summary>
public sealed class JobControl(IDbContextFactory<RepublicDb> databases, LiveEvents live)
{
    /// <summary>Set when this node has joined the queue. Before that, a job waits for the sweep.</summary>
    internal Func<Guid, CancellationToken, Task> Offer { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>For a job that is saved. If the process dies before this, a sweep finds the job.</summary>
    public Task StartAsync(Job job, CancellationToken ct)
    {
        live.Publish(job.OwnerId, new LiveEvent($"{job.Kind}.progress", job.Subject, null));
        return Offer(job.Id, ct);
    }

    /// <summary>
    /// What runs notices at its next heartbeat, on whichever node it is. One that is over is left as it ended; one that is paused does not go on.
    /// </summary>
    public Task<Outcome<Job>> CancelAsync(Guid person, Guid job, CancellationToken ct) =>
        EndAsync(person, job, JobStatus.Cancelled, why: null, ct);

    /// <inheritdoc cref="CancelAsync"/>
    /// <param name="status">Cancelled or paused.</param>
    /// <param name="why">For people; null where they did it themselves.</param>
    public async Task<Outcome<Job>> EndAsync(Guid person, Guid job, JobStatus status, string? why, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update jobs set status = {status.ToString()}, error = {why}, finished_at = clock_timestamp()
            where id = {job} and owner_id = {person} and (status in ('Queued', 'Running') or (status = 'Paused' and {status
                == JobStatus.Cancelled}))
            """,
            ct
        );
        if (await db.Jobs.AsNoTracking().OwnedBy(person).SingleOrDefaultAsync(j => j.Id == job, ct) is not { } ended)
        {
            return Failure.NotFound("job");
        }

        live.Publish(person, new LiveEvent($"{ended.Kind}.done", ended.Subject, null));
        return ended;
    }
}
