using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;

namespace Republic.Core.Datasets;

/// <summary>Takes away files that no dataset knows: of uploads that died with their process, and of people who are gone.</summary>
internal sealed class DatasetSweep(
    IDbContextFactory<RepublicDb> databases,
    DatasetFiles files,
    TimeProvider time,
    ILogger<DatasetSweep> log
) : Sweep(Still, "The sweep for files without a dataset will be tried again", time, log)
{
    // An upload that goes on touches its file all the time.
    private static readonly TimeSpan Still = TimeSpan.FromHours(1);

    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var old = files.OlderThan(Time.GetUtcNow() - Still);
        await using var db = await databases.CreateDbContextAsync(ct);
        var known = await db.Datasets.Where(d => old.Contains(d.Id)).Select(d => d.Id).ToListAsync(ct);
        var unknown = old.Except(known).ToList();
        unknown.ForEach(files.Delete);
        return unknown.Count;
    }
}
