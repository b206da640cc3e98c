using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;

namespace Republic.Core.Files;

/// <summary>Takes away files that no row knows: of uploads that died with their process, and of people who are gone.</summary>
/// <param name="row">What has a file each, as in "files without a dataset".</param>
internal abstract class OrphanSweep<TKey>(
    IDbContextFactory<RepublicDb> databases,
    FileStore<TKey> files,
    string row,
    TimeProvider time,
    ILogger log
) : Sweep(Still, $"The sweep for files without a {row} will be tried again", time, log)
    where TKey : notnull, IParsable<TKey>
{
    // A file that comes in at another node is touched all the time.
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

    /// <summary>Those of them that a row knows.</summary>
    protected abstract Task<List<TKey>> KnownAsync(RepublicDb db, IReadOnlyList<TKey> keys, CancellationToken ct);

    /// <summary>Takes one away that no row knew a moment ago.</summary>
    protected virtual Task DeleteAsync(RepublicDb db, TKey orphan, CancellationToken ct)
    {
        files.Delete(orphan);
        return Task.CompletedTask;
    }

    /// <summary>What else such rows leave behind.</summary>
    protected virtual Task<int> SweepMoreAsync(RepublicDb db, CancellationToken ct) => Task.FromResult(0);
}
