using Microsoft.EntityFrameworkCore;
using Republic.Core.Citizens.Capabilities;
using Republic.Core.Data;
using static Republic.Core.Tasks.WorkTaskStatus;

namespace Republic.Core.Tasks.Editing;

/// <summary>The rules of a move, and what it counts for, whoever moves the task.</summary>
public sealed class TaskSteps(CapabilityRecorder capabilities)
{
    /// <summary>What capabilities are counted for.</summary>
    public const string Source = "task";

    private const double SmallestGap = 1e-6;

    internal async Task<Failure?> MoveAsync(TaskChange change, TaskMove move, CancellationToken ct)
    {
        var (task, from) = (change.Task, change.Task.Status);
        if (move.From is { } seen && seen != from)
        {
            return Failure.Conflict($"It was moved to “{TaskWords.Of(from)}” meanwhile. Look at it, and move it from there.");
        }

        if (await RefusalAsync(change.Db, task, move, ct) is { } refusal)
        {
            return refusal;
        }

        foreach (var next in TaskMoves.Path(from, move.Status))
        {
            await CountAsync(change, task.Status, next, ct);
            task.Status = next;
        }

        task.Position = await PositionAsync(change.Db, task, move.After, ct);
        if (from != task.Status)
        {
            change.Note(TaskActivityKind.Moved, TaskWords.Of(from), TaskWords.Of(task.Status));
        }

        return null;
    }

    private static async Task<Failure?> RefusalAsync(RepublicDb db, WorkTask task, TaskMove move, CancellationToken ct)
    {
        if (TaskMoves.IsBegun(move.Status) && !TaskMoves.IsBegun(task.Status) && !move.Insist)
        {
            var blockers = await db.BlockersOf(task.Id).Select(t => new { t.Id, t.Number }).ToListAsync(ct);
            if (blockers.Count > 0)
            {
                var names = string.Join(", ", blockers.Take(5).Select(t => $"T-{t.Number}"));
                return Failure.Conflict($"It waits for {names}. Finish {(blockers.Count == 1 ? "that" : "those")} first, or insist.") with
                {
                    Extensions = new Dictionary<string, object?> { ["blocked_by"] = blockers.ConvertAll(t => t.Id) },
                };
            }
        }

        if (move.Status == Done)
        {
            var open = await db
                .Tasks.Where(t => t.ParentId == task.Id && t.Status != Done && t.Status != Archived)
                .OrderBy(t => t.Number)
                .Select(t => t.Number)
                .ToListAsync(ct);
            if (open.Count > 0)
            {
                return Failure.Conflict(
                    $"{string.Join(", ", open.Take(5).Select(number => $"T-{number}"))} {(open.Count == 1 ? "is a part" : "are parts")} of it "
                        + $"and not done. Finish or archive {(open.Count == 1 ? "it" : "them")} first."
                );
            }
        }

        return
            move.Status is not (Done or Archived)
            && task.Status is Done or Archived
            && await db.Tasks.Where(t => t.Id == task.ParentId && t.Status == Done).Select(t => (int?)t.Number).SingleOrDefaultAsync(ct)
                is { } above
            ? Failure.Conflict($"T-{above}, which it is a part of, is done. Reopen that first.")
            : null;
    }

    /// <summary>An accepted or returned result counts for the assignee's capability, once in each round.</summary>
    private async Task CountAsync(TaskChange change, WorkTaskStatus from, WorkTaskStatus to, CancellationToken ct)
    {
        var task = change.Task;
        CapabilityEntryKind? outcome =
            (from, to) == (Review, Done) ? CapabilityEntryKind.Success
            : TaskMoves.IsSentBack(from, to) ? CapabilityEntryKind.Failure
            : null;
        if (outcome is { } counted && task is { Capability: { } name, AssignedTo: { } assignee })
        {
            await capabilities.RecordAsync(
                change.Db,
                new CapabilityEvent(assignee, name, counted, Source, task.Id, task.Round, change.Actor)
                {
                    Note = $"T-{task.Number} {task.Title}",
                },
                ct
            );
        }

        // Who takes back what they handed in themselves is not judged by that.
        if (TaskMoves.IsSentBack(from, to) && change.IsByOwner)
        {
            task.Round++;
        }
    }

    /// <summary>Between the task that it is put below and the one after that.</summary>
    private static async Task<double> PositionAsync(RepublicDb db, WorkTask task, Guid? after, CancellationToken ct)
    {
        var column = db.Tasks.OwnedBy(task.OwnerId).Where(t => t.Status == task.Status && t.Id != task.Id);
        var above = await column.Where(t => t.Id == after).Select(t => (double?)t.Position).SingleOrDefaultAsync(ct);
        var below = await column.Where(t => above == null || t.Position > above).MinAsync(t => (double?)t.Position, ct);
        switch ((above, below))
        {
            case (null, null):
                return 0;
            case (null, { } first):
                return first - 1;
            case ({ } last, null):
                return last + 1;
            case ({ } upper, { } lower) when lower - upper > SmallestGap:
                return upper + ((lower - upper) / 2);
            default:
                await SpreadAsync(db, task, ct);
                return await PositionAsync(db, task, after, ct);
        }
    }

    /// <summary>Puts the tasks of a column a whole number apart, in their order: halved often enough, a gap holds no number any more.</summary>
    private static Task SpreadAsync(RepublicDb db, WorkTask task, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update tasks set position = ordered.position
            from (
                select id, row_number() over (order by position, id) as position from tasks
                where owner_id = {task.OwnerId} and status = {task.Status.ToString()}
            ) ordered
            where tasks.id = ordered.id
            """,
            ct
        );
}
