using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Tasks.Attachments;

/// <summary>Deletes files of tasks that no row names.</summary>
internal sealed class TaskAttachmentSweep(
    IDbContextFactory<RepublicDb> databases,
    TaskAttachmentFiles files,
    TimeProvider time,
    ILogger<TaskAttachmentSweep> log
) : OrphanSweep<Guid>(databases, files, "task", time, log)
{
    protected override Task<List<Guid>> KnownAsync(RepublicDb db, IReadOnlyList<Guid> keys, CancellationToken ct) =>
        db.TaskAttachments.Where(a => keys.Contains(a.Id)).Select(a => a.Id).ToListAsync(ct);
}
