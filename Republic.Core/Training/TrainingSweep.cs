using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Versions;

namespace Republic.Core.Training;

/// <summary>
/// Takes away what training no longer needs: checkpoints of runs that are over, weights that no version names, and folders of runs that
/// are gone. docs/training.md states the rule.
/// </summary>
internal sealed class TrainingSweep(
    IDbContextFactory<RepublicDb> databases,
    TrainingFiles files,
    TrainingQuota quota,
    TimeProvider time,
    ILogger<TrainingSweep> log
) : Sweep(Still, "The sweep for files that training no longer needs will be tried again", time, log)
{
    // A start that was overtaken may still write for a moment, and a row may be saved after its file.
    private static readonly TimeSpan Still = TimeSpan.FromHours(1);

    // A run that failed or was stopped goes on from its checkpoint for so long.
    private static readonly TimeSpan Resumable = TimeSpan.FromDays(30);

    /// <returns>How many files and folders were taken away.</returns>
    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        files.DeleteUnfinishedAdapters(Time.GetUtcNow() - Still);
        var taken = await SweepFoldersAsync(db, ct) + await SweepAdaptersAsync(db, ct);
        // What was taken away, and what starts that were killed have left.
        foreach (var run in files.Runs())
        {
            await quota.WeighAsync(run);
        }

        return taken;
    }

    private async Task<int> SweepFoldersAsync(RepublicDb db, CancellationToken ct)
    {
        var (now, folders) = (Time.GetUtcNow(), files.Runs());
        var runs = await db.TrainingJobs.Where(run => folders.Contains(run.Id)).Select(run => run.Id).ToListAsync(ct);
        var gone = files.OlderThan(now - Still).Except(runs).ToList();
        gone.ForEach(files.Delete);
        var over = await db
            .TrainingJobs.Where(run => folders.Contains(run.Id))
            .Join(db.Jobs, run => run.WorkId, work => work.Id, (run, work) => new { Run = run.Id, Work = work })
            .Where(row =>
                (row.Work.Status == JobStatus.Completed && row.Work.FinishedAt < now - Still)
                || (
                    (row.Work.Status == JobStatus.Failed || row.Work.Status == JobStatus.Cancelled) && row.Work.FinishedAt < now - Resumable
                )
            )
            .Select(row => row.Run)
            .ToListAsync(ct);
        return gone.Count + over.Sum(files.DeleteCheckpoints) + await SweepAskedAsync(db, runs, ct);
    }

    /// <summary>Questions of chats that a run was killed over, and that no start of it came back to.</summary>
    private async Task<int> SweepAskedAsync(RepublicDb db, List<Guid> runs, CancellationToken ct)
    {
        var active = await db
            .TrainingJobs.Where(run => runs.Contains(run.Id))
            .Where(run =>
                db.Jobs.Any(work => work.Id == run.WorkId && (work.Status == JobStatus.Queued || work.Status == JobStatus.Running))
            )
            .Select(run => run.Id)
            .ToListAsync(ct);
        return runs.Except(active).Sum(run => files.DeleteAsked(run, Time.GetUtcNow() - Still));
    }

    /// <summary>Those of a run that is still there are kept, named or not: it may go on with them.</summary>
    private async Task<int> SweepAdaptersAsync(RepublicDb db, CancellationToken ct)
    {
        var adapters = files.AdaptersOlderThan(Time.GetUtcNow() - Still);
        var runs = adapters.Select(Guid.Parse).ToList();
        var ofRuns = await db.TrainingJobs.Where(run => runs.Contains(run.Id)).Select(run => run.Id).ToListAsync(ct);
        var named = await db.AdaptersOf(db.Minions).Where(adapter => adapters.Contains(adapter)).ToListAsync(ct);
        var unknown = adapters.Except(named).Where(adapter => !ofRuns.Contains(Guid.Parse(adapter))).ToList();
        unknown.ForEach(files.DeleteAdapter);
        return unknown.Count;
    }
}
