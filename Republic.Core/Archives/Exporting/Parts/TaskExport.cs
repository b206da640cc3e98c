using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Records;
using Republic.Core.Data;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Attachments;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Conversations;

namespace Republic.Core.Archives.Exporting.Parts;

/// <summary>The person's own tasks, with comments, files and dependencies. A task stands before those that are parts of it.</summary>
internal sealed class TaskExport(TaskAttachmentFiles files) : IExportPart
{
    private const int AtOnce = 50;

    public string Kind => ArchiveKinds.Tasks;

    public async Task<int> WriteAsync(ExportScope scope, CancellationToken ct)
    {
        var ids = await scope.Db.Tasks.OwnedBy(scope.Person).OrderBy(t => t.Level).ThenBy(t => t.Number).Select(t => t.Id).ToListAsync(ct);
        await scope.Writer.WriteAsync(
            ArchiveFormat.Tasks,
            async stream =>
            {
                foreach (var some in ids.Chunk(AtOnce))
                {
                    foreach (var task in await RecordsAsync(scope, [.. some], ct))
                    {
                        await JsonSerializer.SerializeAsync(stream, task, ArchiveJson.Options, ct);
                        await stream.WriteAsync(ArchiveLines.End, ct);
                    }
                }
            },
            ct
        );
        return ids.Count;
    }

    private async Task<List<ArchivedTask>> RecordsAsync(ExportScope scope, List<Guid> ids, CancellationToken ct)
    {
        var db = scope.Db;
        var tasks = await db.Tasks.AsNoTracking().Include(t => t.Dependencies).Where(t => ids.Contains(t.Id)).ToListAsync(ct);
        var minions = await db.Minions.OwnedBy(scope.Person).Select(m => m.Id).ToListAsync(ct);
        var comments = await CommentsAsync(scope, ids, minions, ct);
        var attachments = (
            await db.TaskAttachments.AsNoTracking().Where(a => ids.Contains(a.TaskId)).OrderBy(a => a.Id).ToListAsync(ct)
        ).ToLookup(a => a.TaskId);
        var chats = (
            await db
                .Conversations.OwnedBy(scope.Person)
                .Where(c => c.RelatedType == TaskSubject.Name && c.RelatedId != null && ids.Contains(c.RelatedId.Value))
                .Select(c => new { Task = c.RelatedId!.Value, c.Id })
                .ToListAsync(ct)
        ).ToLookup(c => c.Task, c => c.Id);
        foreach (var attachment in attachments.SelectMany(one => one))
        {
            scope.Writer.Add(ArchiveFormat.TaskFile(attachment.TaskId, attachment.Id), files.PathOf(attachment.Id));
        }

        return
        [
            .. tasks
                .OrderBy(t => t.Level)
                .ThenBy(t => t.Number)
                .Select(task =>
                    RecordOf(task, scope.Person, minions) with
                    {
                        Conversations = [.. chats[task.Id]],
                        Comments = [.. comments[task.Id]],
                        Files = [.. attachments[task.Id].Select(FileOf)],
                    }
                ),
        ];
    }

    private static async Task<ILookup<Guid, ArchivedComment>> CommentsAsync(
        ExportScope scope,
        List<Guid> ids,
        List<Guid> minions,
        CancellationToken ct
    )
    {
        var rows = await (
            from comment in scope.Db.TaskComments.AsNoTracking()
            where ids.Contains(comment.TaskId)
            join citizen in scope.Db.Citizens on comment.CitizenId equals (Guid?)citizen.Id into authors
            from author in authors.DefaultIfEmpty()
            orderby comment.Id
            select new { Comment = comment, DisplayName = author == null ? TaskCitizen.Former : author.DisplayName }
        ).ToListAsync(ct);
        return rows.ToLookup(
            row => row.Comment.TaskId,
            row => new ArchivedComment(
                row.Comment.Id,
                row.Comment.Kind,
                row.Comment.Content,
                row.Comment.CreatedAt,
                row.Comment.UpdatedAt,
                row.Comment.CitizenId is { } minion && minions.Contains(minion) ? minion : null,
                row.Comment.CitizenId is { } author && (author == scope.Person || minions.Contains(author)) ? null : row.DisplayName
            )
        );
    }

    private static ArchivedTask RecordOf(WorkTask task, Guid person, List<Guid> minions) =>
        new(task.Id, task.Number, task.Title, task.Status)
        {
            Description = task.Description,
            ParentId = task.ParentId,
            DependsOn = task.Dependencies.ConvertAll(dependency => dependency.DependsOnId),
            MinionId = task.AssignedTo is { } minion && minions.Contains(minion) ? minion : null,
            IsOwn = task.AssignedTo == person,
            Position = task.Position,
            Priority = task.Priority,
            DueAt = task.DueAt,
            Labels = task.Labels,
            Capability = task.Capability,
            Budget = task.Budget,
            Round = task.Round,
            SourceConversationId = task.SourceConversationId,
            SourceMessageId = task.SourceMessageId,
            CreatedAt = task.CreatedAt,
            UpdatedAt = task.UpdatedAt,
        };

    private static ArchivedFile FileOf(TaskAttachment file) => new(file.Id, file.FileName, file.FileSize, file.UploadedAt);
}
