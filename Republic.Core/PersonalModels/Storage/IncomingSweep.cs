using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.PersonalModels.Storage;

/// <summary>Deletes downloaded and uploaded files whose model is installed or deleted.</summary>
internal sealed class IncomingSweep(
    IDbContextFactory<RepublicDb> databases,
    IncomingFiles files,
    TimeProvider time,
    ILogger<IncomingSweep> log
) : OrphanSweep<Guid>(databases, files, "personal model in progress", time, log)
{
    protected override Task<List<Guid>> KnownAsync(RepublicDb db, IReadOnlyList<Guid> keys, CancellationToken ct) =>
        db.PersonalModels.Where(m => keys.Contains(m.Id) && m.Sha256 == null).Select(m => m.Id).ToListAsync(ct);
}
