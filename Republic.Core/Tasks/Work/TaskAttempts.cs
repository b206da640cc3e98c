using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Tasks.Work;

/// <summary>Reads what minions did for tasks.</summary>
public sealed class TaskAttempts(IDbContextFactory<RepublicDb> databases, IOptions<TaskOptions> options, TimeProvider time)
{
    public const int MaxPage = 100;

    /// <summary>One page of a task's attempts, the newest first.</summary>
    /// <param name="before">The last id of the previous page; null for the first.</param>
    public async Task<Outcome<IReadOnlyList<TaskAttemptCard>>> ListAsync(Guid me, Guid task, int limit, Guid? before, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.Tasks.OwnedBy(me).AnyAsync(t => t.Id == task, ct))
        {
            return Failure.NotFound("task");
        }

        var attempts = db
            .TaskAttempts.AsNoTracking()
            .Where(a => a.TaskId == task && (before == null || a.Id < before))
            .OrderByDescending(a => a.Id)
            .Take(Math.Clamp(limit, 1, MaxPage));
        return Outcome<IReadOnlyList<TaskAttemptCard>>.Of(await CardsAsync(db, attempts, ct));
    }

    public async Task<Outcome<TaskAttemptCard>> FindAsync(Guid me, Guid task, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await CardsAsync(db, db.TaskAttempts.AsNoTracking().OwnedBy(me).Where(a => a.TaskId == task && a.Id == id), ct);
        return found is [var attempt] ? attempt : Failure.NotFound("attempt");
    }

    /// <summary>The last attempt at each of these tasks, of those that have one.</summary>
    public async Task<IReadOnlyDictionary<Guid, TaskAttemptCard>> LastAsync(Guid me, IReadOnlyCollection<Guid> tasks, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var attempts = db
            .TaskAttempts.AsNoTracking()
            .OwnedBy(me)
            .Where(a => tasks.Contains(a.TaskId) && !db.TaskAttempts.Any(later => later.TaskId == a.TaskId && later.Id > a.Id));
        return (await CardsAsync(db, attempts, ct)).ToDictionary(card => card.TaskId);
    }

    /// <summary>What was spent on each of these tasks, in dollars; a task without attempts is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, decimal>> CostsAsync(Guid me, IReadOnlyCollection<Guid> tasks, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .TaskAttempts.OwnedBy(me)
            .Where(a => tasks.Contains(a.TaskId))
            .GroupBy(a => a.TaskId)
            .Select(group => new { group.Key, Cost = group.Sum(a => a.Cost ?? 0) })
            .ToDictionaryAsync(group => group.Key, group => group.Cost, ct);
    }

    public async Task<Outcome<TaskSpending>> SpendingAsync(Guid me, Guid task, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Tasks.AsNoTracking().OwnedBy(me).SingleOrDefaultAsync(t => t.Id == task, ct) is not { } found)
        {
            return Failure.NotFound("task");
        }

        var today = TaskStartRules.Today(time.GetUtcNow());
        var own = db.TaskAttempts.Where(a => a.TaskId == task);
        var parts = db.TaskAttempts.Where(a => db.Tasks.Any(t => t.Id == a.TaskId && t.ParentId == task));
        var limits = options.Value;
        return new TaskSpending(
            await own.SumAsync(a => a.Cost ?? 0, ct),
            await parts.SumAsync(a => a.Cost ?? 0, ct),
            TaskStartRules.BudgetOf(found),
            await own.CountAsync(a => a.CreatedAt >= today, ct),
            limits.StartsADay,
            limits.MaxTokens,
            limits.MaxTime
        );
    }

    private static async Task<List<TaskAttemptCard>> CardsAsync(RepublicDb db, IQueryable<TaskAttempt> attempts, CancellationToken ct)
    {
        var saved = await db.SavedTextsAsync(attempts, ct);
        var rows = await attempts
            .Select(attempt => new
            {
                Attempt = attempt,
                Minion = db.Citizens.Where(c => c.Id == attempt.MinionId).Select(c => c.DisplayName).SingleOrDefault(),
                HasJob = db.Jobs.Any(j =>
                    j.Kind == TaskSink.KindOfJob
                    && j.Subject == attempt.Id
                    && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running)
                ),
                HeldUntil = db
                    .Jobs.Where(j => j.Kind == TaskSink.KindOfJob && j.Subject == attempt.Id && j.HeldUntil != null)
                    .Select(j => j.HeldUntil)
                    .FirstOrDefault(),
            })
            .ToListAsync(ct);
        var ids = rows.ConvertAll(row => row.Attempt.Id);
        var called = await db
            .ToolCalls.AsNoTracking()
            .Where(c => c.AttemptId != null && ids.Contains(c.AttemptId.Value))
            .OrderBy(c => c.Round)
            .ThenBy(c => c.Position)
            .ToListAsync(ct);
        var calls = called.ToLookup(c => c.AttemptId);
        return rows.ConvertAll(row =>
            TaskAttemptCard.Of(row.Attempt, saved, row.Minion ?? "", row.HasJob, [.. calls[row.Attempt.Id]]) with
            {
                HeldUntil = row.HeldUntil,
            }
        );
    }
}
