using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Tasks.Editing;

namespace Republic.Core.Tasks.Work;

/// <summary>Whether the minion of a task may begin with it now.</summary>
internal static class TaskStartRules
{
    /// <returns>Why not, and what to do; null where it may.</returns>
    public static async Task<Failure?> RefusalAsync(TaskChange change, TaskOptions options, CancellationToken ct) =>
        await MinionRefusalAsync(change, ct)
        ?? StatusRefusal(change.Task)
        ?? await BlockedRefusalAsync(change, ct)
        ?? await LimitRefusalAsync(change, options, ct);

    private static async Task<Failure?> MinionRefusalAsync(TaskChange change, CancellationToken ct)
    {
        var (owner, citizen) = (change.Task.OwnerId, change.Task.AssignedTo);
        var minion = await change
            .Db.Minions.OwnedBy(owner)
            .Where(m => m.Id == citizen)
            .Select(m => new
            {
                m.Citizen.DisplayName,
                m.Citizen.IsActive,
                m.DeletedAt,
            })
            .SingleOrDefaultAsync(ct);
        return minion is null ? Failure.Conflict("No minion is to do it. Assign it to one of yours first.")
            : minion.DeletedAt is not null
                ? Failure.Conflict($"{minion.DisplayName} was deleted. Restore it, or give the task to another minion.")
            : !minion.IsActive
                ? Failure.Conflict($"{minion.DisplayName} is paused. Edit it and switch it on again, or give the task to another minion.")
            : null;
    }

    private static Failure? StatusRefusal(WorkTask task) =>
        task.Status switch
        {
            WorkTaskStatus.Review => Failure.Conflict("It is handed in. Accept it, or send it back with what must change."),
            WorkTaskStatus.Done => Failure.Conflict("It is done. Reopen it first."),
            WorkTaskStatus.Archived => Failure.Conflict("It is in the archive. Put it back first."),
            _ => null,
        };

    private static async Task<Failure?> BlockedRefusalAsync(TaskChange change, CancellationToken ct)
    {
        var blockers = await change.Db.BlockersOf(change.Task.Id).Select(t => new { t.Id, t.Number }).ToListAsync(ct);
        return blockers.Count == 0
            ? null
            : Failure.Conflict(
                $"It waits for {string.Join(", ", blockers.Take(5).Select(t => $"T-{t.Number}"))}, and begins by itself once that is done."
            ) with
            {
                Extensions = new Dictionary<string, object?> { ["blocked_by"] = blockers.ConvertAll(t => t.Id) },
            };
    }

    private static async Task<Failure?> LimitRefusalAsync(TaskChange change, TaskOptions options, CancellationToken ct)
    {
        var task = change.Task;
        var attempts = change.Db.TaskAttempts.Where(a => a.TaskId == task.Id);
        if (await attempts.Unfinished().Select(a => (TurnState?)a.State).SingleOrDefaultAsync(ct) is { } state)
        {
            return Failure.Conflict(
                state == TurnState.Waiting
                    ? "A minion waits for you to decide on a tool call. Decide on it and it goes on, or stop it first."
                    : "A minion is at work on it. Wait for it, or stop it first."
            );
        }

        var today = Today(change.Now);
        if (await attempts.CountAsync(a => a.CreatedAt >= today, ct) >= options.StartsADay)
        {
            return Failure.TooMany(
                $"It was begun {Counted.Of(options.StartsADay, "time")} today, as often as is allowed. Start it tomorrow, or do it yourself."
            ) with
            {
                RetryAfter = today.AddDays(1) - change.Now,
            };
        }

        var (spent, budget) = (await attempts.SumAsync(a => a.Cost ?? 0, ct), BudgetOf(task));
        return spent > 0 && spent >= budget
            ? new Failure(
                FailureKind.OverBudget,
                $"Its budget of {Dollars(budget)} is used up: {Dollars(spent)} were spent on it. Raise the budget of the task, or do it yourself.",
                []
            )
            : null;
    }

    /// <summary>Midnight of the day, in UTC.</summary>
    public static DateTimeOffset Today(DateTimeOffset now) => new(now.UtcDateTime.Date, TimeSpan.Zero);

    public static decimal BudgetOf(WorkTask task) => task.Budget ?? TaskRules.DefaultBudget;

    public static string Dollars(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"${amount:0.00##}");
}
