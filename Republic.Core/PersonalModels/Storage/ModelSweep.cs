using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.PersonalModels.Storage;

/// <summary>Deletes installed files that no personal model uses any more.</summary>
internal sealed class ModelSweep(
    IDbContextFactory<RepublicDb> databases,
    ModelFiles files,
    PersonalModelStore store,
    TimeProvider time,
    ILogger<ModelSweep> log
) : OrphanSweep<FileHash>(databases, files, "personal model", time, log)
{
    protected override async Task<List<FileHash>> KnownAsync(RepublicDb db, IReadOnlyList<FileHash> keys, CancellationToken ct)
    {
        var digests = keys.Select(key => key.Hex).ToList();
        var known = await db.PersonalModels.Where(m => digests.Contains(m.Sha256!)).Select(m => m.Sha256!).Distinct().ToListAsync(ct);
        return known.ConvertAll(digest => new FileHash(digest));
    }

    protected override Task DeleteAsync(RepublicDb db, FileHash orphan, CancellationToken ct) => store.DeleteUnusedAsync(db, orphan, ct);
}
