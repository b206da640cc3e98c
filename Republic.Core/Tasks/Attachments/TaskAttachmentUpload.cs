using Republic.Core.Files;

namespace Republic.Core.Tasks.Attachments;

/// <summary>Receives the files of tasks.</summary>
public sealed class TaskAttachmentUpload(TaskAttachmentFiles files, TaskAttachmentQuota quota, DiskSpace disk)
    : FileUpload(files, quota, disk);
