using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Files;
using Republic.Core.Tasks.Editing;
using Republic.Core.Tasks.Sharing;

namespace Republic.Core.Tasks.Attachments;

/// <summary>Adds files to tasks, opens and deletes them.</summary>
public sealed class TaskAttachments(
    RepublicDb db,
    TaskChanges changes,
    TaskAttachmentFiles files,
    TaskAttachmentQuota quota,
    IOptions<TaskOptions> options
)
{
    /// <summary>Keeps a file that was received; the caller disposes of it.</summary>
    public async Task<Outcome<TaskAttachment>> AddAsync(Guid me, Guid task, ReceivedFile file, CancellationToken ct)
    {
        TaskAttachment? attachment = null;
        var added = await changes.ChangeVisibleAsync(
            me,
            task,
            async change =>
            {
                if (await db.TaskAttachments.CountAsync(a => a.TaskId == task, ct) >= options.Value.MaxFiles)
                {
                    return Failure.Conflict(
                        $"A task has at most {options.Value.MaxFiles} files. Delete some, or put them into a collection."
                    );
                }

                await quota.LockAsync(db, me, ct);
                if (await quota.RefusalAsync(db, me, file.Bytes, ct) is { } refusal)
                {
                    return refusal;
                }

                var name = file.Name ?? "file";
                attachment = new TaskAttachment
                {
                    Id = file.Id,
                    OwnerId = me,
                    TaskId = task,
                    CitizenId = me,
                    FileName = name,
                    FileSize = file.Bytes,
                    MimeType = FileTypes.OfName(name),
                    Sha256 = file.Sha256,
                    UploadedAt = change.Now,
                };
                db.TaskAttachments.Add(attachment);
                change.Note(TaskActivityKind.FileAdded, after: name);
                return null;
            },
            ct
        );
        if (!added.Ok)
        {
            return added.Failure;
        }

        file.Keep();
        return attachment!;
    }

    /// <summary>The attachment and the full path of its file.</summary>
    public async Task<Outcome<(TaskAttachment Attachment, string Path)>> FindAsync(Guid me, Guid task, Guid id, CancellationToken ct)
    {
        var visible = db.Tasks.VisibleTo(db, me);
        var attachments = db.TaskAttachments.AsNoTracking().Where(a => a.TaskId == task && visible.Any(t => t.Id == a.TaskId));
        return await attachments.SingleOrDefaultAsync(a => a.Id == id, ct) is { } attachment
            ? (attachment, files.PathOf(id))
            : Failure.NotFound("file");
    }

    /// <summary>The owner of the task deletes any of its files, others what they uploaded.</summary>
    public async Task<Outcome<Guid>> DeleteAsync(Guid me, Guid task, Guid id, CancellationToken ct)
    {
        var deleted = await changes.ChangeVisibleAsync(
            me,
            task,
            async change =>
            {
                var attachment = await db.TaskAttachments.SingleOrDefaultAsync(a => a.Id == id && a.TaskId == task, ct);
                if (attachment is null || !(change.IsByOwner || attachment.CitizenId == me))
                {
                    return Failure.NotFound("file");
                }

                db.TaskAttachments.Remove(attachment);
                change.Note(TaskActivityKind.FileRemoved, attachment.FileName);
                return null;
            },
            ct
        );
        if (deleted.Ok)
        {
            files.Delete(id);
        }

        return deleted;
    }
}
