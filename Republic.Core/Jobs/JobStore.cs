using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;

namespace Republic.Core.Jobs;

/// <summary>
/// Every write to a job that is worked on. All but the first name the epoch of their start: one that a later start has overtaken,
/// or a person cancelled, changes nothing and says so. Times are the database's.
/// </summary>
internal sealed class JobStore(IDbContextFactory<RepublicDb> databases, IEnumerable<JobKind> kinds, IOptions<JobOptions> options)
{
    /// <summary>JSON: the most of a kind that are worked on for one person, where not all are.</summary>
    private readonly string perPerson = JsonSerializer.Serialize(
        kinds.Where(kind => kind.PerPerson < int.MaxValue).ToDictionary(kind => kind.Name, kind => kind.PerPerson)
    );

    /// <summary>Takes a job that waits, or whose node went silent. Null when there is nothing to take.</summary>
    /// <param name="full">Kinds that the node has no room for, and things that are taken. A job whose node went silent waits for none of these.</param>
    public async Task<Job?> BeginAsync(Guid job, string node, string[] full, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Where so many of a kind may run for one person, they are begun one after the other: each counts those before it.
        await db.Database.ExecuteSqlAsync(
            $"""
            select pg_advisory_xact_lock(hashtextextended(owner_id::text || kind, {AdvisoryLocks.JobStarts})) from jobs
            where id = {job} and status = 'Queued' and {perPerson}::jsonb ? kind
            """,
            ct
        );
        var begun = await db.Database.ExecuteSqlAsync(
            $"""
            update jobs set status = 'Running', epoch = epoch + 1, attempts = attempts + 1, node = {node}, phase = null, detail = null,
              progress = case when attempts < {options.Value.Attempts} + holds then 0 else progress end,
              waits_for = case when status = 'Queued' then waits_for end, heartbeat_at = clock_timestamp(), started_at = clock_timestamp()
            where id = {job} and kind <> all({full})
              and not exists (select from people where people.id = jobs.owner_id and people.deactivated_at is not null)
              and ((status = 'Queued' and held_until is null and (waits_for is null or waits_for <> all({full}))
                and (not {perPerson}::jsonb ? kind or ({perPerson}::jsonb ->> kind)::int > (
                  select count(*) from jobs other where other.status = 'Running' and other.owner_id = jobs.owner_id and other.kind = jobs.kind))) or (status = 'Running' and heartbeat_at < clock_timestamp() - {options.Value.Silence}))
            """,
            ct
        );
        await transaction.CommitAsync(ct);
        return begun == 1 ? await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == job && j.Node == node, ct) : null;
    }

    /// <summary>False when the job is no longer this start's, or its owner was deactivated.</summary>
    public async Task<bool> BeatAsync(JobRun run, CancellationToken ct)
    {
        var (progress, phase, detail) = (run.Last.Progress, run.Last.Phase, run.Last.Detail);
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Database.ExecuteSqlAsync(
                $"""
                update jobs set progress = {progress}, phase = {phase}, detail = {detail}::jsonb, heartbeat_at = clock_timestamp()
                where id = {run.Job.Id} and epoch = {run.Job.Epoch} and status = 'Running'
                  and not exists (select from people where people.id = jobs.owner_id and people.deactivated_at is not null)
                """,
                ct
            ) == 1;
    }

    public async Task<bool> CompleteAsync(JobRun run, JobResult result, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await SaveAsync(
                db,
                result,
                $"""
                update jobs set status = 'Completed', progress = 1, detail = {run.Last.Detail}::jsonb, error = null,
                  heartbeat_at = clock_timestamp(), finished_at = clock_timestamp()
                where id = {run.Job.Id} and epoch = {run.Job.Epoch} and status = 'Running'
                """,
                ct
            )
            // When the connection broke as the database said that all is saved, this is asked a second time.
            || await db.Jobs.AnyAsync(j => j.Id == run.Job.Id && j.Epoch == run.Job.Epoch && j.Status == JobStatus.Completed, ct);
    }

    /// <param name="paused">A limit stopped it, and it can go on later.</param>
    public async Task<bool> FailAsync(JobRun run, string error, bool paused, CancellationToken ct)
    {
        var text = Storable(error);
        var status = (paused ? JobStatus.Paused : JobStatus.Failed).ToString();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Database.ExecuteSqlAsync(
                $"""
                update jobs set status = {status}, error = {text}, finished_at = clock_timestamp()
                where id = {run.Job.Id} and epoch = {run.Job.Epoch} and status = 'Running'
                """,
                ct
            ) == 1;
    }

    /// <summary>Puts it back until a node has free what it waits for. It is found by the next sweep, and has cost no attempt.</summary>
    public async Task<bool> WaitAsync(JobRun run, string what, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Database.ExecuteSqlAsync(
                $"""
                update jobs set status = 'Queued', waits_for = {what}, attempts = attempts - 1, node = null, heartbeat_at = null,
                  progress = {run.Last.Progress}
                where id = {run.Job.Id} and epoch = {run.Job.Epoch} and status = 'Running'
                """,
                ct
            ) == 1;
    }

    /// <summary>Puts it back for later: nobody looks at it before its pause is over, as if it had been heard of until then.</summary>
    public async Task<bool> RestAsync(JobRun run, JobResult result, JobDeferral deferral, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await SaveAsync(
            db,
            result,
            $"""
            update jobs set status = 'Queued', waits_for = null, attempts = attempts - 1, node = null, phase = {deferral.Why}, input = {deferral.Input}::jsonb,
              heartbeat_at = clock_timestamp() + {deferral.Pause} - {options.Value.Silence}, progress = {run.Last.Progress}
            where id = {run.Job.Id} and epoch = {run.Job.Epoch} and status = 'Running'
            """,
            ct
        );
    }

    /// <summary>Puts it back until a time, before which no node begins it. How far it was is left as it stood.</summary>
    /// <param name="starts">Those that died since it last got further. This one did no work, and is none of them.</param>
    /// <param name="why">Shown meanwhile.</param>
    public async Task<bool> HoldAsync(JobRun run, int starts, TimeSpan pause, string why, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Database.ExecuteSqlAsync(
                $"""
                update jobs set status = 'Queued', held_until = clock_timestamp() + {pause}, holds = holds + 1, attempts = {starts},
                  phase = {why}, waits_for = null, node = null, heartbeat_at = null
                where id = {run.Job.Id} and epoch = {run.Job.Epoch} and status = 'Running'
                """,
                ct
            ) == 1;
    }

    /// <summary>Ends the holds whose time is over.</summary>
    /// <returns>The jobs, which wait for a node with room now.</returns>
    public async Task<IReadOnlyList<Job>> ReleaseAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .Jobs.FromSql(
                $"""
                update jobs set held_until = null, phase = null
                where id in (select id from jobs where held_until <= clock_timestamp() order by id for no key update skip locked)
                returning *
                """
            )
            .AsNoTracking()
            .ToListAsync(ct);
    }

    /// <summary>Puts it back for whichever node has room: this one cannot go on. That counts as a start whose process died.</summary>
    public async Task PutBackAsync(JobRun run, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update jobs set status = 'Queued', waits_for = null, node = null where id = {run.Job.Id} and epoch = {run.Job.Epoch} and status = 'Running'
            """,
            ct
        );
    }

    /// <summary>Puts it back for another node, or the next start of this one. Going down is not the job's fault and costs it no attempt.</summary>
    public async Task ReturnAsync(JobRun run, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update jobs set status = 'Queued', waits_for = null, attempts = attempts - 1, node = null
            where id = {run.Job.Id} and epoch = {run.Job.Epoch} and status = 'Running'
            """,
            ct
        );
    }

    /// <summary>Jobs that nobody works on: their node went silent, or nobody heard that they were made.</summary>
    public async Task<IReadOnlyList<(Guid Id, int Epoch)>> AbandonedAsync(string[] full, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var silentSince = options.Value.Silence;
        var jobs = await db
            .Jobs.FromSql(
                $"""
                select * from jobs
                where kind <> all({full}) and not exists (select from people where people.id = jobs.owner_id and people.deactivated_at is not null) and (
                  (status = 'Running' and heartbeat_at < clock_timestamp() - {silentSince})
                  or (status = 'Queued' and held_until is null and greatest(created_at, heartbeat_at) < clock_timestamp() - {silentSince}
                    and (waits_for is null or waits_for <> all({full}))
                    and (not {perPerson}::jsonb ? kind or ({perPerson}::jsonb ->> kind)::int > (
                      select count(*) from jobs other where other.status = 'Running' and other.owner_id = jobs.owner_id and other.kind = jobs.kind))))
                order by created_at limit 100
                """
            )
            .Select(job => new { job.Id, job.Epoch })
            .ToListAsync(ct);
        return [.. jobs.Select(job => (job.Id, job.Epoch))];
    }

    /// <summary>Two nodes that make the queue's tables at the same moment would fail, one of them.</summary>
    public async Task<T> OneNodeAtATimeAsync<T>(Func<Task<T>> make, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.JobStore})", ct);
        return await make();
    }

    /// <summary>Saves what a start made in one transaction with the end of that start.</summary>
    /// <param name="end">Changes the job's row, unless the job is no longer this start's.</param>
    private static async Task<bool> SaveAsync(RepublicDb db, JobResult result, FormattableString end, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // A node that is stopped in the middle must not hold the rows against its successor.
        await db.Database.ExecuteSqlAsync($"set local idle_in_transaction_session_timeout = '2s'", ct);
        await (result.Lock?.Invoke(db, ct) ?? Task.CompletedTask);
        if (await db.Database.ExecuteSqlAsync(end, ct) == 0)
        {
            return false;
        }

        await result.Save(db, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>What a message quotes may hold what PostgreSQL cannot: a NUL, or half of a character.</summary>
    private static string Storable(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.Value == 0 ? "\uFFFD" : rune.ToString()));
}
