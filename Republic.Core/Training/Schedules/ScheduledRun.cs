using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Schedules;

/// <summary>Goes on with the run that is not done, makes the one that is due, or says why there is none.</summary>
internal sealed class ScheduledRun(
    IDbContextFactory<RepublicDb> databases,
    TrainingEditor editor,
    TrainingControl control,
    TrainingQuota quota,
    IChatRuns chats,
    TimeProvider time
)
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    // Longer than it takes to read all chats and to make a dataset of them.
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(5);

    /// <returns>False where another node has it, or it is no longer due.</returns>
    public async Task<bool> KeepAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        if (await TakeTurnAsync(db, id, now, ct) is not { } due)
        {
            return false;
        }

        var versions = await db
            .Datasets.OwnedBy(due.OwnerId)
            .Where(d => due.DatasetIds.Contains(d.Id))
            .ToDictionaryAsync(d => d.Id, d => d.Version, ct);
        var refusal = await RefusalAsync(db, due, versions, now, ct);
        await EndTurnAsync(db, due, refusal, versions, now, ct);
        return true;
    }

    /// <summary>
    /// Whoever moves its time on has the turn. A node that stops in the middle loses it with that time, and the next one makes the same run: its
    /// id is known. No transaction is open meanwhile, however long chats are read.
    /// </summary>
    private static async Task<TrainingSchedule?> TakeTurnAsync(RepublicDb db, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var taken = await db
            .TrainingSchedules.Where(s => s.Id == id && s.NextAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.NextAt, now + Turn), ct);
        return taken == 0 ? null : await db.TrainingSchedules.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct);
    }

    /// <summary>Writes down what became of the turn. When it comes next stays as it is where its person planned that anew meanwhile.</summary>
    private static async Task EndTurnAsync(
        RepublicDb db,
        TrainingSchedule due,
        Failure? refusal,
        Dictionary<Guid, int> versions,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("set local idle_in_transaction_session_timeout = '20s'", ct);
        var locked = await db.TrainingSchedules.FromSql($"select * from training_schedules where id = {due.Id} for update").ToListAsync(ct);
        if (locked is not [var schedule] || schedule.LastAt != due.LastAt)
        {
            // Its person deleted it, or this took longer than a turn and another node has ended it.
            return;
        }

        (schedule.Skipped, schedule.LastAt) = (refusal?.Message, now);
        if (refusal is null)
        {
            await KeepRunAsync(db, schedule, due, versions, ct);
        }

        if (!schedule.IsPaused && schedule.NextRun == due.NextRun)
        {
            PlanNext(schedule, refusal, now);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static void PlanNext(TrainingSchedule schedule, Failure? refusal, DateTimeOffset now)
    {
        var canWait =
            refusal is { Kind: FailureKind.TooMany or FailureKind.OverBudget or FailureKind.QuotaExceeded or FailureKind.Conflict };
        if (canWait && now + Again < schedule.ClosesAt)
        {
            schedule.NextAt = now + Again;
        }
        else
        {
            schedule.Plan(now);
        }
    }

    private static async Task KeepRunAsync(
        RepublicDb db,
        TrainingSchedule schedule,
        TrainingSchedule due,
        Dictionary<Guid, int> versions,
        CancellationToken ct
    )
    {
        if (await Started(db, due).Select(job => new { job.Id, job.WorkId }).FirstOrDefaultAsync(ct) is not { } run)
        {
            // The person started or deleted it at the same moment.
            return;
        }

        (schedule.LastRun, schedule.WorkId) = (run.Id, due.ClosesAt is null ? null : run.WorkId);
        schedule.WorkEndsAt = due.ClosesAt;
        if (run.Id == due.NextRun)
        {
            schedule.SeenVersions = versions;
        }
    }

    /// <summary>What this time of the schedule made, or the run that it went on with: its job has the known id then.</summary>
    private static IQueryable<TrainingJob> Started(RepublicDb db, TrainingSchedule due) =>
        db.TrainingJobs.Where(job => (job.Id == due.NextRun && job.WorkId != null) || job.WorkId == due.NextRun);

    /// <summary>The run that its hours or a limit stopped, and nobody started since.</summary>
    private static Task<Guid?> UnfinishedAsync(RepublicDb db, TrainingSchedule due, CancellationToken ct) =>
        db
            .TrainingJobs.Where(job => job.WorkId != null && job.WorkId == due.WorkId && job.MinionId == due.MinionId)
            .Where(job => db.Jobs.Any(work => work.Id == job.WorkId && work.Status == JobStatus.Paused))
            .Select(job => (Guid?)job.Id)
            .FirstOrDefaultAsync(ct);

    /// <summary>Null when the run is made and started.</summary>
    private async Task<Failure?> RefusalAsync(
        RepublicDb db,
        TrainingSchedule due,
        Dictionary<Guid, int> versions,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        // Made before this node, or another one, died over it.
        if (await Started(db, due).AnyAsync(ct))
        {
            return null;
        }

        if (due.ClosesAt <= now)
        {
            return Failure.Invalid("", "Republic was not running in those hours.");
        }

        var unfinished = await UnfinishedAsync(db, due, ct);
        if (
            unfinished is null
            && due.Origin == RunOrigin.Datasets
            && due.DatasetIds.TrueForAll(set =>
                versions.TryGetValue(set, out var newest) && due.SeenVersions.GetValueOrDefault(set) == newest
            )
        )
        {
            return Failure.Invalid("", "Nothing is new in the datasets since the last run.");
        }

        var active = await db
            .TrainingJobs.Where(job => job.MinionId == due.MinionId)
            .Where(job => db.Jobs.Any(w => w.Id == job.WorkId && (w.Status == JobStatus.Queued || w.Status == JobStatus.Running)))
            .Select(job => job.Name)
            .FirstOrDefaultAsync(ct);
        return active is not null ? Failure.Conflict($"The minion was in the run “{active}”.")
            : await quota.TimeProblemAsync(due.OwnerId, ct) is { } spent ? spent
            : unfinished is { } run ? await GoOnAsync(due, run, now, ct)
            : await MakeAsync(due, now, ct);
    }

    private async Task<Failure?> GoOnAsync(TrainingSchedule due, Guid run, DateTimeOffset now, CancellationToken ct)
    {
        var started = await control.StartAsync(due.OwnerId, run, due.NextRun, ct);
        // Its rows were taken back, so it does not go on. A new one learns what is left.
        return started.Failure is { Kind: FailureKind.Conflict } ? await MakeAsync(due, now, ct) : started.Failure;
    }

    private async Task<Failure?> MakeAsync(TrainingSchedule due, DateTimeOffset now, CancellationToken ct)
    {
        if (due.Origin == RunOrigin.Interactions)
        {
            return await chats.StartAsync(due.OwnerId, due.MinionId, due.Config, due.NextRun, ct);
        }

        var name = $"{due.Name}, {due.Time.Local(now).ToString("d MMM yyyy", CultureInfo.InvariantCulture)}";
        var (type, collections) = (due.Config.TrainingType.Name(), due.Config.CollectionIds);
        var input = new TrainingInput(name, due.MinionId, type, "Made by a schedule.", due.DatasetIds, collections);
        var made = await editor.CreateAsync(due.OwnerId, input, due.Config, due.NextRun, ct);
        if (!made.Ok)
        {
            return made.Failure;
        }

        var started = await control.StartAsync(due.OwnerId, made.Value, ct);
        if (!started.Ok)
        {
            await editor.DeleteUnstartedAsync(due.OwnerId, made.Value, ct);
        }

        return started.Failure;
    }
}
