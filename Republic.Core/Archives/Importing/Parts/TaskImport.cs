using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Records;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Files;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Attachments;
using Republic.Core.Tasks.Conversations;
using Republic.Core.Tasks.Editing;

namespace Republic.Core.Archives.Importing.Parts;

/// <summary>
/// Tasks with comments, files and dependencies, each in the column that it was in. No minion begins by that, and nothing is counted for a
/// capability.
/// </summary>
internal sealed class TaskImport(TaskAttachmentUpload upload, LiveEvents live, TimeProvider time) : IImportPart
{
    private const int MostFiles = 20;

    public string Kind => ArchiveKinds.Tasks;

    public async IAsyncEnumerable<ImportItem> ItemsAsync(ImportScope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        var lines = new List<ArchivedTask>();
        await foreach (var read in scope.Archive.ReadLinesAsync<ArchivedTask>(ArchiveFormat.Tasks, ct))
        {
            if (read.Value is { } task && lines.Count < TaskEditor.Most)
            {
                // Only how they hang together is kept of all of them.
                lines.Add(
                    new ArchivedTask(task.Id, task.Number, "", task.Status)
                    {
                        ParentId = task.ParentId,
                        DependsOn = [.. task.DependsOn.Take(TaskGraph.MostDependencies)],
                    }
                );
            }
        }

        var planned = lines.Select(task => task.Id).ToHashSet();
        var plan = new TaskPlan(lines) { IsAlone = await IsAloneAsync(scope, planned, ct) };
        await foreach (var read in scope.Archive.ReadLinesAsync<ArchivedTask>(ArchiveFormat.Tasks, ct))
        {
            yield return read.Value is not { } task ? ImportItem.Unreadable(Guid.Empty, "A task", read.Failure!)
            : planned.Contains(task.Id) ? new ImportItem(task.Id, task.Title, end => AddAsync(scope, plan, task, end))
            : ImportItem.Unreadable(task.Id, task.Title, Failure.Conflict($"There are at most {Counted.Of(TaskEditor.Most)} tasks."));
        }
    }

    public Task<List<Guid>> ExistingAsync(ImportScope scope, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        scope.ExistingAsync(db => db.Tasks.Select(t => t.Id), ids, ct);

    /// <summary>Whether all tasks that the person has came out of this archive.</summary>
    private static async Task<bool> IsAloneAsync(ImportScope scope, HashSet<Guid> planned, CancellationToken ct)
    {
        var there = await scope.WithDbAsync(db => db.Tasks.OwnedBy(scope.Person).Select(t => t.Id).ToListAsync(ct));
        return there.Count == 0 || planned.Select(id => scope.IdOf(id)).ToHashSet().IsSupersetOf(there);
    }

    private async Task<ImportSkip?> AddAsync(ImportScope scope, TaskPlan plan, ArchivedTask from, CancellationToken ct)
    {
        if (TaskRows.Problem(from) is { } problem)
        {
            return ImportSkip.Of(problem);
        }

        var files = new List<(ArchivedFile From, ReceivedFile File)>();
        try
        {
            foreach (var file in from.Files.OfType<ArchivedFile>().DistinctBy(file => file.Id).Take(MostFiles))
            {
                if (await ReceiveAsync(scope, from, file, ct) is { } received)
                {
                    files.Add((file, received));
                }
            }

            var skip = await scope.WithDbAsync(db => AddAsync(scope, db, plan, from, files, ct));
            if (skip is null)
            {
                files.ForEach(file => file.File.Keep());
            }

            return skip;
        }
        finally
        {
            files.ForEach(file => file.File.Dispose());
        }
    }

    private async Task<ReceivedFile?> ReceiveAsync(ImportScope scope, ArchivedTask task, ArchivedFile file, CancellationToken ct)
    {
        var id = scope.IdOf(file.Id);
        if (await scope.WithDbAsync(db => db.TaskAttachments.AnyAsync(a => a.Id == id, ct)))
        {
            return null;
        }

        if (scope.Archive.Open(ArchiveFormat.TaskFile(task.Id, file.Id)) is not { } stream)
        {
            scope.Note(Kind, task.Title, task.Id, ImportReasons.FileMissing, $"{file.Name} is not in the archive.");
            return null;
        }

        await using (stream)
        {
            var received = await upload.ReceiveAsync(scope.Person, stream, file.Name, id, ct);
            if (received.Failure is { } failure)
            {
                scope.Note(Kind, task.Title, task.Id, ImportReasons.Of(failure), $"{file.Name}: {failure.Message}");
            }

            return received.Value;
        }
    }

    private async Task<ImportSkip?> AddAsync(
        ImportScope scope,
        RepublicDb db,
        TaskPlan plan,
        ArchivedTask from,
        List<(ArchivedFile From, ReceivedFile File)> files,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockTasksAsync(scope.Person, ct);
        var id = scope.IdOf(from.Id);
        if (await db.Tasks.AnyAsync(t => t.Id == id, ct))
        {
            return null;
        }

        if (await db.Tasks.OwnedBy(scope.Person).CountAsync(ct) >= TaskEditor.Most)
        {
            return new ImportSkip(ImportReasons.NotPossible, $"You have {Counted.Of(TaskEditor.Most)} tasks, as many as there may be.");
        }

        await upload.Quota.LockAsync(db, scope.Person, ct);
        if (await upload.Quota.RefusalAsync(db, scope.Person, files.Sum(file => file.File.Bytes), ct) is { } full)
        {
            return ImportSkip.Of(full);
        }

        var rows = new TaskRows(scope, db, time.GetUtcNow());
        var task = await rows.AddAsync(plan, from, files, ct);
        await db.SaveChangesAsync(ct);
        await RelateChatsAsync(scope, db, from, ct);
        await transaction.CommitAsync(ct);
        live.Publish(scope.Person, new LiveEvent(TaskChanges.Changed, id, null));
        NoteDropped(scope, plan, from, task);
        return null;
    }

    private void NoteDropped(ImportScope scope, TaskPlan plan, ArchivedTask from, WorkTask task)
    {
        if (plan.DroppedOf(from) is > 0 and var dropped)
        {
            var message =
                $"{Counted.Of(dropped, "task")} that it waited for, or was a part of, {Counted.Are(dropped)} not in the archive, or cannot be that.";
            scope.Note(Kind, from.Title, from.Id, ImportReasons.ReferenceDropped, message);
        }

        if (from.MinionId is not null && task.AssignedTo is null)
        {
            scope.Note(
                Kind,
                from.Title,
                from.Id,
                ImportReasons.ReferenceDropped,
                "The minion that does it did not come along. Nobody does it now."
            );
        }
    }

    /// <summary>Chats about it, which were imported before.</summary>
    private static async Task RelateChatsAsync(ImportScope scope, RepublicDb db, ArchivedTask from, CancellationToken ct)
    {
        if (from.Conversations.Count == 0)
        {
            return;
        }

        var (id, chats) = (scope.IdOf(from.Id), from.Conversations.Select(chat => scope.IdOf(chat)).ToList());
        await db
            .Conversations.OwnedBy(scope.Person)
            .Where(c => chats.Contains(c.Id) && c.RelatedId == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RelatedType, TaskSubject.Name).SetProperty(c => c.RelatedId, (Guid?)id), ct);
    }
}
