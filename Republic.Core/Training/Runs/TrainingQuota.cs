using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Training.Versions;
using Republic.Core.Training.Weights;

namespace Republic.Core.Training.Runs;

/// <summary>What one person's runs may take together. 0 in the settings sets no limit.</summary>
public sealed class TrainingQuota(
    IDbContextFactory<RepublicDb> databases,
    TrainingFiles files,
    IOptions<TrainingOptions> options,
    TimeProvider time
)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Asked before each step: a run that has used up its person's time pauses between two steps, and loses nothing.</summary>
    public async Task<Failure?> TimeProblemAsync(Guid owner, CancellationToken ct)
    {
        if (options.Value.MinutesPerDay is not (> 0 and var most))
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var since = time.GetUtcNow() - Day;
        var seconds = await db
            .TrainingSteps.Where(step =>
                step.CompletedAt > since && db.TrainingJobs.OwnedBy(owner).Any(job => job.Id == step.TrainingJobId)
            )
            .SumAsync(step => step.Seconds, ct);
        seconds = Math.Max(seconds, await StartedSecondsAsync(db, owner, since, ct));
        return seconds < most * 60
            ? null
            : new Failure(
                FailureKind.OverBudget,
                $"Your runs have worked {seconds / 60:0} minutes in the last 24 hours, and {most} are allowed (Training:MinutesPerDay). "
                    + "Everything so far is kept, and the run can go on from here later.",
                []
            );
    }

    /// <summary>
    /// Seconds that starts of runs have worked, from taken to last heard of: a step that was stopped or failed is not complete and took
    /// its time. What one worked before it waited for its turn is not in it, but in the steps that it completed.
    /// </summary>
    private static async Task<double> StartedSecondsAsync(RepublicDb db, Guid owner, DateTimeOffset since, CancellationToken ct)
    {
        var starts = await db
            .Jobs.OwnedBy(owner)
            .Where(work => work.Kind == TrainingWork.KindOfJob && work.StartedAt != null && work.HeartbeatAt > since)
            .Select(work => new { From = work.StartedAt!.Value, To = work.HeartbeatAt!.Value })
            .ToListAsync(ct);
        return starts.Sum(start => Math.Max(0, (start.To - (start.From > since ? start.From : since)).TotalSeconds));
    }

    /// <summary>Writes down what a run takes on the disk. Whichever start does it: it is true of the disk.</summary>
    internal async Task WeighAsync(Guid run)
    {
        try
        {
            var bytes = files.SizeOf(run);
            await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
            await db.TrainingJobs.Where(job => job.Id == run).ExecuteUpdateAsync(set => set.SetProperty(job => job.Bytes, bytes));
        }
        catch (Exception error) when (error is IOException || DatabaseFaults.IsTransient(error))
        {
            // Files of another start come and go, or the database is away: the next sweep weighs it again, and the run matters more.
        }
    }

    /// <summary>Asked before a run is made.</summary>
    public Task<Failure?> DiskProblemAsync(Guid owner, CancellationToken ct) => DiskProblemAsync(owner, more: 0, ct);

    /// <param name="more">The bytes of weights that are to be kept beside what is there.</param>
    internal async Task<Failure?> DiskProblemAsync(Guid owner, long more, CancellationToken ct)
    {
        if (options.Value.DiskBytesPerPerson is not (> 0 and var most))
        {
            return null;
        }

        var used = await UsedAsync(owner, ct);
        return used + more < most
            ? null
            : new Failure(
                FailureKind.QuotaExceeded,
                $"Your runs and the weights of your minions' versions take {ByteSize.Of(used)}, and {ByteSize.Of(most)} are allowed. "
                    + "Delete runs that you no longer need, then try again; weights that a version names stay.",
                []
            );
    }

    /// <summary>By the person's runs with the weights that they made, and by weights that versions name though their run is deleted.</summary>
    private async Task<long> UsedAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var runs = await db.TrainingJobs.OwnedBy(owner).Select(run => new { run.Id, run.Bytes }).ToListAsync(ct);
        var named = await db.AdaptersOf(db.Minions.OwnedBy(owner)).ToListAsync(ct);
        var left = named.Except(runs.Select(run => AdapterTrainer.NameOf(run.Id)));
        return runs.Sum(run => run.Bytes) + left.Sum(adapter => files.AdapterBytes(adapter) ?? 0);
    }
}
