using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Tasks.Attachments;

/// <summary>The files of tasks: <c>task-files/&lt;id of the attachment&gt;</c>.</summary>
public sealed class TaskAttachmentFiles(DataFolder data) : FileStore<Guid>(data, "task-files");
