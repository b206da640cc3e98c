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

    /// <summary>What runs notices at its next heartbeat, on whichever node it is. One that is over is left as it ended.</summary>
    public async Task<Outcome<Job>> CancelAsync(Guid person, Guid job, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update jobs set status = 'Cancelled', finished_at = clock_timestamp()
            where id = {job} and owner_id = {person} and status in ('Queued', 'Running')
            """,
            ct
        );
        if (await db.Jobs.AsNoTracking().OwnedBy(person).SingleOrDefaultAsync(j => j.Id == job, ct) is not { } cancelled)
        {
            return Failure.NotFound("job");
        }

        live.Publish(person, new LiveEvent($"{cancelled.Kind}.done", cancelled.Subject, null));
        return cancelled;
    }
}
