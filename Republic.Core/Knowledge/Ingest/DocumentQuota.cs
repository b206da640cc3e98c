using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>How much more a person may put here as documents.</summary>
public sealed class DocumentQuota(IDbContextFactory<RepublicDb> databases, IOptionsMonitor<IngestOptions> options)
    : FileQuota(
        databases,
        () =>
            new FileLimits(
                "documents",
                "A document",
                options.CurrentValue.MaxFileBytes,
                options.CurrentValue.MaxFiles,
                options.CurrentValue.QuotaBytes
            )
    )
{
    internal override Task<long> UsedAsync(RepublicDb db, Guid owner, CancellationToken ct) =>
        db.Documents.OwnedBy(owner).SumAsync(d => d.Bytes, ct);
}
