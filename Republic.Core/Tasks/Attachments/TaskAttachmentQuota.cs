using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Tasks.Attachments;

/// <summary>The disk space that a person's files of tasks may take.</summary>
public sealed class TaskAttachmentQuota(IDbContextFactory<RepublicDb> databases, IOptionsMonitor<TaskOptions> options)
    : FileQuota(
        databases,
        () =>
            new FileLimits(
                "files of tasks",
                "A file",
                options.CurrentValue.MaxFileBytes,
                options.CurrentValue.MaxFiles,
                options.CurrentValue.QuotaBytes
            )
    )
{
    internal override Task<long> UsedAsync(RepublicDb db, Guid owner, CancellationToken ct) =>
        db.TaskAttachments.OwnedBy(owner).SumAsync(a => a.FileSize, ct);
}
