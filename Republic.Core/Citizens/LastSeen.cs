using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Citizens;

/// <summary>
/// When citizens were last active: people with any request, minions with an answer. Kept in memory and written for all of them now and
/// then by <see cref="LastSeenSweep"/>, so that no request waits for it.
/// </summary>
public sealed class LastSeen(IDbContextFactory<RepublicDb> databases, TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> unwritten = new();

    public void Note(Guid citizen) => unwritten[citizen] = time.GetUtcNow();

    /// <returns>How many citizens were written.</returns>
    internal async Task<int> WriteAsync(CancellationToken ct)
    {
        if (unwritten.IsEmpty)
        {
            return 0;
        }

        var written = 0;
        await using var db = await databases.CreateDbContextAsync(ct);
        foreach (var seen in unwritten)
        {
            // Other nodes see them too.
            written += await db
                .Citizens.Where(c => c.Id == seen.Key && (c.LastSeenAt == null || c.LastSeenAt < seen.Value))
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.LastSeenAt, seen.Value), ct);
            // Unless it was seen again meanwhile.
            unwritten.TryRemove(seen);
        }

        return written;
    }
}
