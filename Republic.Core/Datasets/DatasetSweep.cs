using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Datasets;

internal sealed class DatasetSweep(
    IDbContextFactory<RepublicDb> databases,
    DatasetFiles files,
    TimeProvider time,
    ILogger<DatasetSweep> log
) : OrphanSweep<Guid>(databases, files, "dataset", time, log)
{
    protected override Task<List<Guid>> KnownAsync(RepublicDb db, IReadOnlyList<Guid> keys, CancellationToken ct) =>
        db.Datasets.Where(d => keys.Contains(d.Id)).Select(d => d.Id).ToListAsync(ct);
}
