using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.PersonalModels.Storage;

/// <summary>Deletes installed files that no personal model uses any more.</summary>
internal sealed class ModelSweep(IDbContextFactory<RepublicDb> databases, ModelFiles files, TimeProvider time, ILogger<ModelSweep> log)
    : OrphanSweep<FileHash>(databases, files, "personal model", time, log)
{
    protected override async Task<List<FileHash>> KnownAsync(RepublicDb db, IReadOnlyList<FileHash> keys, CancellationToken ct)
    {
        var digests = keys.Select(key => key.Hex).ToList();
        var known = await db.PersonalModels.Where(m => digests.Contains(m.Sha256!)).Select(m => m.Sha256!).Distinct().ToListAsync(ct);
        return known.ConvertAll(digest => new FileHash(digest));
    }

    /// <summary>Deletes the file under its lock, because somebody may be installing the same file.</summary>
    protected override async Task DeleteAsync(RepublicDb db, FileHash orphan, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PersonalModelStore.LockAsync(db, orphan.Hex, ct);
        if (!await db.PersonalModels.AnyAsync(m => m.Sha256 == orphan.Hex, ct))
        {
            await base.DeleteAsync(db, orphan, ct);
        }

        await transaction.CommitAsync(ct);
    }
}
