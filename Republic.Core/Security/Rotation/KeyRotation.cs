using Npgsql;
using Republic.Core.Data;

namespace Republic.Core.Security.Rotation;

/// <summary>
/// Seals every registered value anew under the key that seals now. One row is one statement: cut at any of them, each value is under
/// the old key or the new one, both open it, and the next run takes up what is left. The app may run meanwhile.
/// </summary>
public sealed class KeyRotation(NpgsqlDataSource database, MasterKeys keys, IEnumerable<SealedColumn> columns, DataFolder folder)
{
    // Whoever sealed a value just before the key changed has stored it long before this.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    private readonly SecretBox box = new(keys);
    private readonly List<SealedColumn> columns = [.. columns.OrderBy(column => column.ToString(), StringComparer.Ordinal)];

    public async Task<IReadOnlyList<SealedCount>> CountAsync(CancellationToken ct)
    {
        var counts = new List<SealedCount>();
        foreach (var column in columns)
        {
            counts.AddRange(await new SealedRows(database, column).CountAsync(ct));
        }

        return counts;
    }

    /// <summary>Makes a new key in the folder the one that seals, unless a change is under way already: then that one is finished first.</summary>
    /// <returns>Whether there is a new key.</returns>
    public async Task<bool> ChangeKeyAsync(CancellationToken ct)
    {
        if (keys.AreConfigured)
        {
            return false;
        }

        // A new key is not worth making for a database that is not there.
        await CountAsync(ct);
        using var turn = await FileLock.TakeAsync(folder.Path("keys", "rotation.lock"), TimeSpan.FromSeconds(10), ct);
        if (keys.Earlier.Count > 0)
        {
            return false;
        }

        MasterKeyFile.Change(folder);
        return true;
    }

    /// <summary>Seals anew whatever is under another key.</summary>
    /// <param name="unreadable">Told of each value that cannot be opened; it is left as it is.</param>
    /// <returns>How many values were sealed anew.</returns>
    public async Task<long> SealAnewAsync(Action<string> unreadable, CancellationToken ct)
    {
        long count = 0;
        foreach (var column in columns)
        {
            var rows = new SealedRows(database, column);
            await foreach (var (id, old) in rows.OthersAsync(keys.Current.Version, ct))
            {
                try
                {
                    var renewed = box.Seal(box.Open(old, column.For(id)), column.For(id));
                    count += await rows.ReplaceAsync(id, old, renewed, ct) ? 1 : 0;
                }
                catch (SecretUnreadableException e)
                {
                    unreadable($"{column} of {id}: {e.Message}");
                }
            }
        }

        return count;
    }

    /// <summary>Removes the earlier keys' files, if no value needs any of them.</summary>
    public async Task<Outcome<IReadOnlyList<MasterKey>>> FinishAsync(TimeProvider time, CancellationToken ct)
    {
        var earlier = keys.Earlier;
        var current = keys.Current.Version;
        if ((await CountAsync(ct)).Where(count => count.Version != current).Sum(count => count.Count) is > 0 and var left)
        {
            return Failure.Conflict($"{left} values are still under another key. Run: republic keys rotate");
        }

        if (keys.AreConfigured)
        {
            return Outcome<IReadOnlyList<MasterKey>>.Of([]);
        }

        using var turn = await FileLock.TakeAsync(folder.Path("keys", "rotation.lock"), TimeSpan.FromSeconds(10), ct);
        if (earlier.Count > 0 && MasterKeyFile.ChangedAt(folder) + Settled is var settled && settled > time.GetUtcNow())
        {
            return Failure.Conflict(
                $"The key changed less than a minute ago, and somebody may be saving under the old one. Try again at {settled:HH:mm:ss} UTC."
            );
        }

        foreach (var key in earlier)
        {
            MasterKeyFile.Remove(folder, key);
        }

        return Outcome<IReadOnlyList<MasterKey>>.Of(earlier);
    }
}
