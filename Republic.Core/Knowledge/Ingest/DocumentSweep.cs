using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>Takes vectors away as well that nothing holds.</summary>
internal sealed class DocumentSweep(
    IDbContextFactory<RepublicDb> databases,
    DocumentFiles files,
    TimeProvider time,
    ILogger<DocumentSweep> log
) : OrphanSweep<Guid>(databases, files, "document", time, log)
{
    protected override Task<List<Guid>> KnownAsync(RepublicDb db, IReadOnlyList<Guid> keys, CancellationToken ct) =>
        db.Documents.Where(d => keys.Contains(d.Id)).Select(d => d.Id).ToListAsync(ct);

    protected override Task<int> SweepMoreAsync(RepublicDb db, CancellationToken ct) => HeldVectors.SweepAsync(db, ct);
}
