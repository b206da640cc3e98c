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
        while (true)
        {
            try
            {
                await WriteOnceAsync(run, write, ct);
                return;
            }
            catch (Exception error) when (DatabaseFaults.IsAway(error) && time.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(options.Value.Heartbeat, time, ct);
            }
        }
    }

    /// <summary>Starts that died count only as long as the job gets no further (<see cref="JobOptions.Attempts"/>).</summary>
    public static Task ForgiveAsync(RepublicDb db, JobRun run, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"update jobs set attempts = 1 where id = {run.Job.Id} and attempts > 1", ct);

    private async Task WriteOnceAsync(JobRun run, Func<RepublicDb, CancellationToken, Task> write, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var held = await db
            .Database.SqlQuery<int>(
                $"""
                select 1 as "Value" from jobs where id = {run.Job.Id} and epoch = {run.Job.Epoch} and status = 'Running' for no key update
                """
            )
            .ToListAsync(ct);
        if (held.Count == 0)
        {
            throw new JobOvertakenException();
        }

        await write(db, ct);
        await transaction.CommitAsync(ct);
    }
}
