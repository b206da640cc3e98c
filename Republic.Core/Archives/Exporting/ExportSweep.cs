using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Archives.Exporting;

/// <summary>Deletes exports whose time is over, and files of exports that no row names.</summary>
internal sealed class ExportSweep(IDbContextFactory<RepublicDb> databases, ExportFiles files, TimeProvider time, ILogger<ExportSweep> log)
    : OrphanSweep<Guid>(databases, files, "export", time, log)
{
    private readonly ExportFiles kept = files;

    protected override Task<List<Guid>> KnownAsync(RepublicDb db, IReadOnlyList<Guid> keys, CancellationToken ct) =>
        db.AccountExports.Where(e => keys.Contains(e.Id)).Select(e => e.Id).ToListAsync(ct);

    protected override Task DeleteAsync(RepublicDb db, Guid orphan, CancellationToken ct)
    {
        kept.Remove(orphan);
        return Task.CompletedTask;
    }

    protected override async Task<int> SweepMoreAsync(RepublicDb db, CancellationToken ct)
    {
        var now = Time.GetUtcNow();
        var over = await db.AccountExports.Where(e => e.ExpiresAt < now).Select(e => e.Id).ToListAsync(ct);
        await db.AccountExports.Where(e => over.Contains(e.Id)).ExecuteDeleteAsync(ct);
        over.ForEach(kept.Remove);
        return over.Count;
    }
}
