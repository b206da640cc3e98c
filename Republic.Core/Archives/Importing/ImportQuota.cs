using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Archives.Importing;

/// <summary>The disk space that archives of a person may take while they wait to be imported.</summary>
public sealed class ImportQuota(IDbContextFactory<RepublicDb> databases, IOptionsMonitor<ArchiveOptions> options)
    : FileQuota(
        databases,
        () => new FileLimits("imports", "An archive", options.CurrentValue.MaxUploadBytes, MaxFiles: 1, options.CurrentValue.QuotaBytes)
    )
{
    internal override Task<long> UsedAsync(RepublicDb db, Guid owner, CancellationToken ct) =>
        db.AccountImports.OwnedBy(owner).SumAsync(i => i.Bytes, ct);
}
