using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;

namespace Republic.Core.Files;

/// <summary>Deletes files that no row names: those of uploads whose process died, and of deleted accounts.</summary>
/// <param name="row">The name of the row in log messages, as in "files without a dataset".</param>
internal abstract class OrphanSweep<TKey>(
    IDbContextFactory<RepublicDb> databases,
    FileStore<TKey> files,
    string row,
    TimeProvider time,
    ILogger log
) : Sweep(Still, $"The sweep for files without a {row} will be tried again", time, log)
    where TKey : notnull, IParsable<TKey>
{
    // An upload at another node writes to its file all the time, so a file unchanged for this long is not in progress.
    private static readonly TimeSpan Still = TimeSpan.FromHours(1);

    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var old = files.OlderThan(Time.GetUtcNow() - Still);
        await using var db = await databases.CreateDbContextAsync(ct);
        var orphans = old.Except(await KnownAsync(db, old, ct)).ToList();
        foreach (var orphan in orphans)
        {
            await DeleteAsync(db, orphan, ct);
        }

        return orphans.Count + await SweepMoreAsync(db, ct);
    }

    /// <summary>The subset of the keys that a row names.</summary>
    protected abstract Task<List<TKey>> KnownAsync(RepublicDb db, IReadOnlyList<TKey> keys, CancellationToken ct);

    /// <summary>Deletes one file that no row named a moment ago.</summary>
    protected virtual Task DeleteAsync(RepublicDb db, TKey orphan, CancellationToken ct)
    {
        files.Delete(orphan);
        return Task.CompletedTask;
    }

    /// <summary>Deletes whatever else such rows leave behind.</summary>
    /// <returns>The number of things deleted.</returns>
    protected virtual Task<int> SweepMoreAsync(RepublicDb db, CancellationToken ct) => Task.FromResult(0);
}
