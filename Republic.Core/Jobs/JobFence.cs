using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;

namespace Republic.Core.Jobs;

/// <summary>What a job writes before its end goes through here: a start that was overtaken or cancelled is refused at its next write.</summary>
public sealed class JobFence(IDbContextFactory<RepublicDb> databases, IOptions<JobOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs in a transaction that holds the job's row, and is tried again while the database is away.</summary>
    /// <exception cref="JobOvertakenException">The job is no longer this start's; nothing was written.</exception>
    public async Task WriteAsync(JobRun run, Func<RepublicDb, CancellationToken, Task> write, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var name = Guid.CreateVersion7();
        await run.Writing.WaitAsync(ct);
        try
        {
            while (true)
            {
                try
                {
                    await WriteOnceAsync(run, name, write, ct);
                    return;
                }
                catch (Exception error) when (DatabaseFaults.IsTransient(error) && time.GetElapsedTime(started) < Patience)
                {
                    await Task.Delay(options.Value.Heartbeat, time, ct);
                }
            }
        }
        finally
        {
            run.Writing.Release();
        }
    }

    /// <summary>Failed attempts and holds are reset once the job makes progress (<see cref="JobOptions.Attempts"/>).</summary>
    public static Task ForgiveAsync(RepublicDb db, JobRun run, CancellationToken ct) =>
        run.Job is { Attempts: > 1 } or { Holds: > 0 }
            ? db.Database.ExecuteSqlAsync(
                $"update jobs set attempts = 1, holds = 0 where id = {run.Job.Id} and (attempts > 1 or holds > 0)",
                ct
            )
            : Task.CompletedTask;

    /// <summary>A node that is stopped in the middle must not hold the row against its successor, so the database cuts it off.</summary>
    private async Task WriteOnceAsync(JobRun run, Guid name, Func<RepublicDb, CancellationToken, Task> write, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var held = await db.Database.ExecuteSqlAsync(
            $"""
            set local idle_in_transaction_session_timeout = '2s';
            update jobs set last_write = {name}
            where id = {run.Job.Id} and epoch = {run.Job.Epoch} and status = 'Running' and last_write is distinct from {name}
            """,
            ct
        );
        if (held == 0)
        {
            // When the connection broke as the database said that all is saved, this is asked a second time.
            var saved = await db.Jobs.AnyAsync(j => j.Id == run.Job.Id && j.Epoch == run.Job.Epoch && j.LastWrite == name, ct);
            if (saved)
            {
                return;
            }

            throw new JobOvertakenException();
        }

        await write(db, ct);
        await transaction.CommitAsync(ct);
    }
}
