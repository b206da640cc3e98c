using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Jobs;

/// <summary>Adds, starts and cancels long work. Whoever asks for some saves its row with those that it belongs to, and calls <see cref="StartAsync"/>.</summary>
public sealed class JobControl(IDbContextFactory<RepublicDb> databases, LiveEvents live, AfterCommit after, TimeProvider time)
{
    /// <summary>Set when this node has joined the queue. Before that, a job waits for the sweep.</summary>
    internal Func<Guid, CancellationToken, Task> Offer { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>For what follows a change that starts or ends jobs.</summary>
    internal AfterCommit After => after;

    /// <summary>Adds a job to the changes that the caller saves next.</summary>
    /// <param name="input">As <see cref="Job.Input"/> has it.</param>
    /// <param name="known">The id of the job, where it is known before.</param>
    public Job Add(RepublicDb db, Guid owner, string kind, Guid subject, string? input = null, Guid? known = null)
    {
        var job = new Job
        {
            Id = known ?? Guid.CreateVersion7(),
            OwnerId = owner,
            Kind = kind,
            Subject = subject,
            Input = input,
            CreatedAt = time.GetUtcNow(),
        };
        db.Jobs.Add(job);
        return job;
    }

    /// <summary>For a job that is saved, or that is held no more. Where this fails, or the process dies before it, a sweep finds the job.</summary>
    public Task StartAsync(Job job)
    {
        live.Publish(job.OwnerId, new LiveEvent($"{job.Kind}.progress", job.Subject, null));
        return after.RunAsync(ct => Offer(job.Id, ct));
    }

    /// <summary>Has a job that is held go on, as it would by itself once its time is over.</summary>
    /// <returns>False where the person has none that is held.</returns>
    public async Task<bool> GoOnAsync(Guid person, Guid job, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var released = await db
            .Jobs.OwnedBy(person)
            .Where(j => j.Id == job && j.HeldUntil != null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(j => j.HeldUntil, (DateTimeOffset?)null).SetProperty(j => j.Phase, (string?)null),
                ct
            );
        if (released == 1 && await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == job, ct) is { } one)
        {
            await StartAsync(one);
        }

        return released == 1;
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
        var ended = await EndAsync(db, person, [job], status, why, ct);
        PublishEnd(ended);
        return ended is [var one] ? one : Failure.NotFound("job");
    }

    /// <summary>
    /// Cancels jobs in the caller's transaction, which ends their subject: neither is done without the other. It holds the rows of the jobs, so
    /// it comes before any write to the subject (<see cref="AdvisoryLocks"/>).
    /// </summary>
    /// <param name="why">For people; null where they did it themselves.</param>
    /// <returns>The person's jobs as they stand now, for <see cref="PublishEnd"/> after the commit.</returns>
    public static Task<IReadOnlyList<Job>> CancelInAsync(
        RepublicDb db,
        Guid person,
        IReadOnlyCollection<Guid> jobs,
        string? why,
        CancellationToken ct
    ) => EndAsync(db, person, jobs, JobStatus.Cancelled, why, ct);

    /// <summary>Holds jobs that may be cancelled in this transaction, before their subjects are.</summary>
    public static async Task HoldAsync(RepublicDb db, Guid person, IQueryable<Guid> jobs, CancellationToken ct)
    {
        var ids = await jobs.ToListAsync(ct);
        await db.Database.ExecuteSqlAsync($"select 1 from jobs where id = any({ids}) and owner_id = {person} order by id for update", ct);
    }

    /// <summary>Says to open pages that jobs were cancelled or paused; those that had ended before said so themselves.</summary>
    public void PublishEnd(IEnumerable<Job> ended)
    {
        foreach (var job in ended.Where(job => job.Status is JobStatus.Cancelled or JobStatus.Paused))
        {
            live.Publish(job.OwnerId, new LiveEvent($"{job.Kind}.done", job.Subject, null));
        }
    }

    private static async Task<IReadOnlyList<Job>> EndAsync(
        RepublicDb db,
        Guid person,
        IReadOnlyCollection<Guid> jobs,
        JobStatus status,
        string? why,
        CancellationToken ct
    )
    {
        List<Guid> ids = [.. jobs];
        // Held in the order of their ids, so that no two who end several of the same wait for each other.
        await db.Database.ExecuteSqlAsync(
            $"""
            update jobs set status = {status.ToString()}, error = {why}, held_until = null, finished_at = clock_timestamp()
            where id in (
              select id from jobs
              where id = any({ids}) and owner_id = {person}
                and (status in ('Queued', 'Running') or (status = 'Paused' and {status == JobStatus.Cancelled}))
              order by id for no key update)
            """,
            ct
        );
        return await db.Jobs.AsNoTracking().OwnedBy(person).Where(job => ids.Contains(job.Id)).ToListAsync(ct);
    }
}
