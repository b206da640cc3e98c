using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Archives.Importing;

/// <summary>Deletes imports whose time is over, and archives that no row names.</summary>
internal sealed class ImportSweep(IDbContextFactory<RepublicDb> databases, ImportFiles files, TimeProvider time, ILogger<ImportSweep> log)
    : OrphanSweep<Guid>(databases, files, "import", time, log)
{
    private readonly ImportFiles kept = files;

    protected override Task<List<Guid>> KnownAsync(RepublicDb db, IReadOnlyList<Guid> keys, CancellationToken ct) =>
        db.AccountImports.Where(i => keys.Contains(i.Id) && i.Bytes > 0).Select(i => i.Id).ToListAsync(ct);

    protected override async Task<int> SweepMoreAsync(RepublicDb db, CancellationToken ct)
    {
        var now = Time.GetUtcNow();
        var over = await db.AccountImports.Where(i => i.ExpiresAt < now).Select(i => i.Id).ToListAsync(ct);
        await db.AccountImports.Where(i => over.Contains(i.Id)).ExecuteDeleteAsync(ct);
        over.ForEach(kept.Delete);
        return over.Count;
    }
}
