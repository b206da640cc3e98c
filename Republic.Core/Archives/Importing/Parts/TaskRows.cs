using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Records;
using Republic.Core.Data;
using Republic.Core.Files;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Attachments;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Conversations;

namespace Republic.Core.Archives.Importing.Parts;

/// <summary>The rows of one task out of an archive, for the changes that are saved next.</summary>
internal sealed class TaskRows(ImportScope scope, RepublicDb db, DateTimeOffset now)
{
    /// <summary>So that there are numbers left behind it, whatever an archive says.</summary>
    private const int LargestNumber = 1_000_000;
    private const double LargestPosition = 1_000_000_000;

    /// <summary>Why a task breaks the rules of tasks; null where it can be kept.</summary>
    public static Failure? Problem(ArchivedTask from)
    {
        var problems = TaskRules.Problems(InputOf(from));
        return problems.Count > 0 ? Failure.Invalid(problems) : null;
    }

    public async Task<WorkTask> AddAsync(
        TaskPlan plan,
        ArchivedTask from,
        List<(ArchivedFile From, ReceivedFile File)> files,
        CancellationToken ct
    )
    {
        var task = await TaskAsync(plan, from, ct);
        db.Tasks.Add(task);
        db.TaskActivities.Add(
            new TaskActivity
            {
                TaskId = task.Id,
                CitizenId = scope.Person,
                Kind = TaskActivityKind.Created,
                After = task.Title,
                CreatedAt = now,
            }
        );
        await AddDependenciesAsync(plan, from.Id, ct);
        await AddCommentsAsync(task.Id, from, ct);
        foreach (var (file, received) in files)
        {
            db.TaskAttachments.Add(FileOf(task.Id, file, received));
        }

        return task;
    }

    private async Task<WorkTask> TaskAsync(TaskPlan plan, ArchivedTask from, CancellationToken ct)
    {
        var (id, input) = (scope.IdOf(from.Id), InputOf(from));
        var above = scope.IdOf(plan.ParentOf(from.Id));
        var parent = await db
            .Tasks.OwnedBy(scope.Person)
            .Where(t => t.Id == above && t.Level < TaskGraph.DeepestLevel)
            .Select(t => new
            {
                t.Id,
                t.RootId,
                t.Level,
            })
            .SingleOrDefaultAsync(ct);
        var last = await db.Tasks.OwnedBy(scope.Person).Where(t => t.Status == from.Status).MaxAsync(t => (double?)t.Position, ct);
        var source = await db.ConversationOfAsync(scope.Person, scope.IdOf(from.SourceMessageId), ct);
        var assignee = await AssigneeAsync(from, ct);
        return new WorkTask
        {
            Id = id,
            OwnerId = scope.Person,
            Number =
                plan.IsAlone && from.Number is > 0 and <= LargestNumber
                    ? await db.FreeTaskNumberAsync(scope.Person, from.Number, ct)
                    : await db.NextTaskNumberAsync(scope.Person, ct),
            Title = input.Title!.Trim(),
            Description = string.IsNullOrWhiteSpace(input.Description) ? null : input.Description.Trim(),
            Status = from.Status,
            CreatedBy = scope.Person,
            AssignedTo = assignee,
            AssignedBy = assignee is null ? null : scope.Person,
            AssignedAt = assignee is null ? null : now,
            ParentId = parent?.Id,
            RootId = parent?.RootId ?? id,
            Level = 1 + (parent?.Level ?? 0),
            SourceConversationId = source,
            SourceMessageId = source is null ? null : scope.IdOf(from.SourceMessageId),
            Position = plan.IsAlone ? Math.Clamp(from.Position, -LargestPosition, LargestPosition) : (last ?? 0) + 1,
            Priority = from.Priority,
            DueAt = from.DueAt?.ToUniversalTime(),
            Labels = [.. from.Labels.Select(label => label.Trim()).Where(label => label.Length > 0).Distinct(StringComparer.Ordinal)],
            Capability = string.IsNullOrWhiteSpace(from.Capability) ? null : from.Capability.Trim(),
            Budget = from.Budget,
            Round = Math.Clamp(from.Round, 1, 1000),
            CreatedAt = ArchiveTime.Past(from.CreatedAt, now),
            UpdatedAt = ArchiveTime.Past(from.UpdatedAt, now),
        };
    }

    private async Task<Guid?> AssigneeAsync(ArchivedTask from, CancellationToken ct)
    {
        if (from.IsOwn)
        {
            return scope.Person;
        }

        var minion = scope.IdOf(from.MinionId);
        return await db.Minions.OwnedBy(scope.Person).AnyAsync(m => m.Id == minion && m.DeletedAt == null, ct) ? minion : null;
    }

    private async Task AddDependenciesAsync(TaskPlan plan, Guid original, CancellationToken ct)
    {
        var pairs = plan.DependenciesUpTo(original)
            .Select(pair => (Task: scope.IdOf(pair.Task), DependsOn: scope.IdOf(pair.DependsOn)))
            .ToList();
        var id = scope.IdOf(original);
        var others = pairs.ConvertAll(pair => pair.Task == id ? pair.DependsOn : pair.Task);
        var there = await db.Tasks.OwnedBy(scope.Person).Where(t => others.Contains(t.Id)).Select(t => t.Id).ToListAsync(ct);
        foreach (var (task, dependsOn) in pairs.Where(pair => there.Contains(pair.Task == id ? pair.DependsOn : pair.Task)))
        {
            db.TaskDependencies.Add(
                new TaskDependency
                {
                    TaskId = task,
                    DependsOnId = dependsOn,
                    CreatedAt = now,
                }
            );
        }
    }

    private async Task AddCommentsAsync(Guid task, ArchivedTask from, CancellationToken ct)
    {
        var comments = from
            .Comments.OfType<ArchivedComment>()
            .DistinctBy(comment => comment.Id)
            .Where(comment => !string.IsNullOrWhiteSpace(TextOf(comment)))
            .Take(TaskComments.MostPerTask)
            .ToList();
        List<Guid> minions = [.. comments.Select(comment => scope.IdOf(comment.MinionId)).OfType<Guid>().Distinct()];
        var there = await db.Minions.OwnedBy(scope.Person).Where(m => minions.Contains(m.Id)).Select(m => m.Id).ToListAsync(ct);
        foreach (var comment in comments)
        {
            var author = scope.IdOf(comment.MinionId) is { } minion && there.Contains(minion) ? minion : scope.Person;
            db.TaskComments.Add(
                new TaskComment
                {
                    Id = scope.IdOf(comment.Id),
                    TaskId = task,
                    CitizenId = author,
                    Content = TextOf(comment).Trim(),
                    Kind = comment.Kind,
                    CreatedAt = ArchiveTime.Past(comment.CreatedAt, now),
                    UpdatedAt = ArchiveTime.Past(comment.UpdatedAt, now),
                }
            );
        }
    }

    private TaskAttachment FileOf(Guid task, ArchivedFile from, ReceivedFile received) =>
        new()
        {
            Id = received.Id,
            OwnerId = scope.Person,
            TaskId = task,
            CitizenId = scope.Person,
            FileName = received.Name ?? "file",
            FileSize = received.Bytes,
            MimeType = FileTypes.OfName(received.Name ?? "file"),
            Sha256 = received.Sha256,
            UploadedAt = ArchiveTime.Past(from.UploadedAt, now),
        };

    private static TaskInput InputOf(ArchivedTask from) =>
        new()
        {
            Title = from.Title,
            Description = from.Description,
            Priority = from.Priority,
            DueAt = from.DueAt,
            Labels = [.. from.Labels],
            Capability = from.Capability,
            Budget = from.Budget,
        };

    /// <summary>
    /// What a guest wrote is kept with their name: who that is here, nobody knows. Of what a minion wrote, which nobody checked, stays what a
    /// person may write.
    /// </summary>
    private static string TextOf(ArchivedComment comment)
    {
        var text = comment.Guest is { } guest ? $"{ArchiveText.Plain(guest, 100)}: {comment.Content}" : comment.Content;
        var plain = text.Where(letter => !char.IsControl(letter) || letter is '\n' or '\r' or '\t');
        return new string([.. plain]).AtMost(TaskRules.LongestText);
    }
}
