using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>Takes away files that no document knows, and vectors that nothing holds: of what died with its process, and of people who are gone.</summary>
internal sealed class DocumentSweep(
    IDbContextFactory<RepublicDb> databases,
    DocumentFiles files,
    TimeProvider time,
    ILogger<DocumentSweep> log
) : Sweep(Still, "The sweep for files without a document will be tried again", time, log)
{
    // An upload that goes on touches its file all the time.
    private static readonly TimeSpan Still = TimeSpan.FromHours(1);

    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var old = files.OlderThan(Time.GetUtcNow() - Still);
        await using var db = await databases.CreateDbContextAsync(ct);
        var known = await db.Documents.Where(d => old.Contains(d.Id)).Select(d => d.Id).ToListAsync(ct);
        var unknown = old.Except(known).ToList();
        unknown.ForEach(files.Delete);
        return unknown.Count + await HeldVectors.SweepAsync(db, ct);
    }
}
