using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Minions.Access;

/// <summary>
/// The origins that any minion's key lists. A browser asks before its call, without the key, whether the call may be made: that is answered
/// from here. All are read at once, so an origin that nobody lists costs no read, and however many ask, the database is read once in
/// <see cref="ShortestPause"/> at most. What changes is read anew, as <see cref="ApiKeyCache"/> forgets it.
/// </summary>
public sealed class BrowserOrigins
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Unheard = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly IDbContextFactory<RepublicDb> databases;
    private readonly NodeNotices notices;
    private readonly TimeProvider time;
    private Task reading = Task.CompletedTask;
    private Snapshot? snapshot;
    private DateTimeOffset? readAt;
    private long changes;

    public BrowserOrigins(IDbContextFactory<RepublicDb> databases, ApiKeyCache keys, NodeNotices notices, TimeProvider time)
    {
        (this.databases, this.notices, this.time) = (databases, notices, time);
        keys.OnForgotten(() => Interlocked.Increment(ref changes));
    }

    /// <summary>Whether a key that is good lists this origin.</summary>
    public async ValueTask<bool> AreListingAsync(string origin, CancellationToken ct)
    {
        // A reading that was under way when something changed may have missed it; the next one has not.
        for (var readings = 0; readings < 2 && !IsBelieved(Volatile.Read(ref snapshot)); readings++)
        {
            await ReadOnceAsync().WaitAsync(ct);
        }

        return snapshot!.Origins.Contains(origin);
    }

    private bool IsBelieved(Snapshot? found) =>
        found is not null
        && found.Changes == Interlocked.Read(ref changes)
        && time.GetUtcNow() < found.At + (notices.AreHeard ? Lifetime : Unheard);

    /// <summary>Everybody who asks meanwhile waits for the same reading.</summary>
    private Task ReadOnceAsync()
    {
        lock (gate)
        {
            if (reading.IsCompleted)
            {
                var pause = readAt + ShortestPause - time.GetUtcNow();
                reading = ReadAsync(pause > TimeSpan.Zero ? pause.Value : TimeSpan.Zero);
            }

            return reading;
        }
    }

    private async Task ReadAsync(TimeSpan pause)
    {
        await Task.Delay(pause, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var (before, now) = (Interlocked.Read(ref changes), time.GetUtcNow());
        readAt = now;
        try
        {
            await using var db = await databases.CreateDbContextAsync();
            var origins = await db
                .Minions.Live()
                .Where(m => m.RepublicKeyOrigins.Count > 0 && (m.RepublicKeyExpiresAt == null || m.RepublicKeyExpiresAt > now))
                .Where(m => db.Users.Any(p => p.Id == m.OwnerId && p.DeactivatedAt == null))
                .SelectMany(m => m.RepublicKeyOrigins)
                .Distinct()
                .ToListAsync();
            Volatile.Write(ref snapshot, new Snapshot(origins.ToFrozenSet(StringComparer.OrdinalIgnoreCase), before, now));
        }
        catch (Exception e) when (snapshot is { } old && e is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            // While the database is away keys are believed for a while, and so is this.
            Volatile.Write(ref snapshot, old with { Changes = before, At = now });
        }
    }

    /// <param name="Changes">How many changes this node had seen when they were read.</param>
    private sealed record Snapshot(FrozenSet<string> Origins, long Changes, DateTimeOffset At);
}
