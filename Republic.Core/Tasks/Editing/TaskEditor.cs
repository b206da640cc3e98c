using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Tasks.Conversations;
using Republic.Core.Tasks.Sharing;
using Republic.Core.Tasks.Work;

namespace Republic.Core.Tasks.Editing;

/// <summary>Makes, changes and deletes tasks.</summary>
public sealed class TaskEditor(
    RepublicDb db,
    TaskChanges changes,
    TaskParents parents,
    TaskAssignment assignment,
    TaskStarts starts,
    TimeProvider time
)
{
    public const int Most = 20_000;

    /// <param name="known">The id as <see cref="FormId"/> makes it, where it is known before: making it twice makes one.</param>
    public async Task<Outcome<Guid>> CreateAsync(Guid me, TaskInput input, Guid? known, CancellationToken ct)
    {
        if (TaskRules.Problems(input) is { Count: > 0 } problems)
        {
            return Failure.Invalid(problems);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockTasksAsync(me, ct);
        if (known is { } sent && await db.Tasks.OwnedBy(me).AnyAsync(t => t.Id == sent, ct))
        {
            return sent;
        }

        if (await db.Tasks.OwnedBy(me).CountAsync(ct) >= Most)
        {
            return Failure.Conflict($"You have {Most:N0} tasks, as many as there may be. Delete some that are done first.");
        }

        var conversation = await db.ConversationOfAsync(me, input.SourceMessageId, ct);
        if (input.SourceMessageId is not null && conversation is null)
        {
            return Failure.NotFound("message");
        }

        if (await parents.NewProblemAsync(me, input, ct) is { } problem)
        {
            return problem;
        }

        var now = time.GetUtcNow();
        var task = await NewAsync(me, input, known ?? Guid.CreateVersion7(), now, ct);
        (task.SourceConversationId, task.SourceMessageId) = (conversation, input.SourceMessageId);
        db.Tasks.Add(task);
        var change = new TaskChange(db, task, me, now);
        change.Note(TaskActivityKind.Created, after: task.Title);
        if (input.AssignedTo is { } citizen)
        {
            if (await assignment.AssignAsync(change, citizen, ct) is { } failure)
            {
                return failure.Fields.Count > 0 ? Failure.Invalid("assigned_to", failure.Message) : failure;
            }

            await starts.BeginByItselfAsync(change, ct);
        }

        await db.SaveChangesAsync(ct);
        var audience = await db.TaskAudienceAsync(me, [task.RootId], ct);
        await transaction.CommitAsync(ct);
        await changes.CommittedAsync(change, audience);
        return task.Id;
    }

    public Task<Outcome<Guid>> UpdateAsync(Guid me, Guid id, TaskInput input, CancellationToken ct) => UpdateAsync(me, id, _ => input, ct);

    /// <param name="edit">Makes the new fields out of those that stand.</param>
    public Task<Outcome<Guid>> UpdateAsync(Guid me, Guid id, Func<TaskInput, Outcome<TaskInput>> edit, CancellationToken ct) =>
        changes.ChangeAsync(
            me,
            me,
            id,
            async change =>
            {
                var edited = edit(TaskInput.Of(change.Task));
                if (!edited.Ok)
                {
                    return edited.Failure;
                }

                var input = edited.Value;
                if (TaskRules.Problems(input) is { Count: > 0 } problems)
                {
                    return Failure.Invalid(problems);
                }

                if (input.ParentId != change.Task.ParentId && await parents.MoveAsync(change, input.ParentId, ct) is { } failure)
                {
                    return failure;
                }

                Apply(change, input);
                return null;
            },
            ct
        );

    /// <summary>Refused while others are parts of it or wait for it.</summary>
    public async Task<Outcome<Guid>> DeleteAsync(Guid me, Guid id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockTasksAsync(me, ct);
        if (await db.Tasks.OwnedBy(me).SingleOrDefaultAsync(t => t.Id == id, ct) is not { } task)
        {
            return Failure.NotFound("task");
        }

        if (await db.Tasks.OwnedBy(me).CountAsync(t => t.ParentId == id, ct) is > 0 and var parts)
        {
            return Failure.Conflict($"It has {parts} {(parts == 1 ? "part" : "parts")}. Delete those first, or archive it.");
        }

        var waiting = await db
            .Tasks.OwnedBy(me)
            .Where(t => t.Dependencies.Any(d => d.DependsOnId == id))
            .OrderBy(t => t.Number)
            .Select(t => t.Number)
            .ToListAsync(ct);
        if (waiting.Count > 0)
        {
            return Failure.Conflict(
                $"{string.Join(", ", waiting.Take(5).Select(number => $"T-{number}"))} {(waiting.Count == 1 ? "waits" : "wait")} for it. "
                    + "Remove that dependency first, or archive it."
            );
        }

        var audience = await db.TaskAudienceAsync(me, [task.RootId], ct);
        var change = new TaskChange(db, task, me, time.GetUtcNow());
        await starts.StopAsync(change, ct);
        await db.LeaveConversationsAsync(id, ct);
        db.Tasks.Remove(task);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await changes.CommittedAsync(change, audience);
        return id;
    }

    private async Task<WorkTask> NewAsync(Guid me, TaskInput input, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var above = await db
            .Tasks.OwnedBy(me)
            .Where(t => t.Id == input.ParentId)
            .Select(t => new { t.Level, t.RootId })
            .SingleOrDefaultAsync(ct);
        var first = await db.Tasks.OwnedBy(me).Where(t => t.Status == WorkTaskStatus.Todo).MinAsync(t => (double?)t.Position, ct);
        var task = new WorkTask
        {
            Id = id,
            OwnerId = me,
            Number = await db.NextTaskNumberAsync(me, ct),
            Title = "",
            CreatedBy = me,
            ParentId = input.ParentId,
            RootId = above?.RootId ?? id,
            Level = 1 + (above?.Level ?? 0),
            Position = (first ?? 0) - 1,
            Dependencies =
            [
                .. (input.DependsOn ?? [])
                    .Distinct()
                    .Select(other => new TaskDependency
                    {
                        TaskId = id,
                        DependsOnId = other,
                        CreatedAt = now,
                    }),
            ],
            CreatedAt = now,
            UpdatedAt = now,
        };
        Set(task, input);
        return task;
    }

    private static void Apply(TaskChange change, TaskInput input)
    {
        var (task, was) = (change.Task, TaskInput.Of(change.Task));
        Set(task, input);
        Note(TaskActivityKind.Renamed, was.Title, task.Title);
        Note(TaskActivityKind.Prioritized, was.Priority.ToString(), task.Priority.ToString());
        Note(TaskActivityKind.Scheduled, Day(was.DueAt), Day(task.DueAt));
        Note(TaskActivityKind.Labelled, string.Join(", ", was.Labels!), string.Join(", ", task.Labels));
        Note(TaskActivityKind.Capability, was.Capability, task.Capability);
        Note(TaskActivityKind.Budget, Dollars(was.Budget), Dollars(task.Budget));
        if (was.Description != task.Description)
        {
            change.Note(TaskActivityKind.Described);
        }

        void Note(TaskActivityKind kind, string? before, string? after)
        {
            if (before != after)
            {
                change.Note(kind, before, after);
            }
        }
    }

    private static void Set(WorkTask task, TaskInput input)
    {
        task.Title = input.Title!.Trim();
        task.Description = string.IsNullOrWhiteSpace(input.Description) ? null : input.Description.Trim();
        task.Priority = input.Priority ?? TaskPriority.None;
        task.DueAt = input.DueAt?.ToUniversalTime();
        task.Labels = [.. (input.Labels ?? []).Select(label => label.Trim().TrimStart('#')).Where(label => label.Length > 0).Distinct()];
        task.Capability = string.IsNullOrWhiteSpace(input.Capability) ? null : input.Capability.Trim();
        task.Budget = input.Budget;
    }

    private static string? Day(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Dollars(decimal? amount) => amount?.ToString("0.00", CultureInfo.InvariantCulture);
}
