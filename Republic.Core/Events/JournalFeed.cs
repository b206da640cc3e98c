using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Events;

/// <summary>
/// One subject's journal as a stream: the entries after a number, then each as it is written, and a snapshot whenever it changed. The
/// stream ends when the subject is over or gone.
/// </summary>
public sealed class JournalFeed<TJournal>(TJournal journal, IDbContextFactory<RepublicDb> databases, LiveEvents live, TimeProvider time)
    where TJournal : IJournal
{
    private const int Page = 500;
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, JournalWatch> watches = [];

    /// <summary>The number of readers that share the watch of a subject on this node; null where nothing watches it.</summary>
    internal int? ViewersOf(Guid subject)
    {
        lock (gate)
        {
            return watches.GetValueOrDefault(subject)?.Viewers;
        }
    }

    /// <param name="lastEventId">Where an earlier stream ended; null begins with the subject's first entry.</param>
    public async Task<Outcome<ServerEvents>> OpenAsync(Guid viewer, Guid subject, string? lastEventId, CancellationToken ct)
    {
        if ((WatchedOwner(subject) ?? await OwnerAsync(subject, ct)) is not { } owner || !await SeesAsync(viewer, owner, subject, ct))
        {
            return Failure.NotFound(journal.Noun);
        }

        var after = long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
        return new ServerEvents(FollowAsync(viewer, owner, subject, after, CancellationToken.None));
    }

    /// <param name="ct">Whoever reads the stream brings it.</param>
    private async IAsyncEnumerable<ServerEvent> FollowAsync(
        Guid viewer,
        Guid owner,
        Guid subject,
        long after,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var watch = Join(owner, subject);
        try
        {
            var (shown, beats, asked) = ((ServerEvent?)null, 0, time.GetTimestamp());
            while (true)
            {
                if (time.GetElapsedTime(asked) >= JournalWatch.Quiet)
                {
                    if (!await StillSeesAsync(viewer, owner, subject, ct))
                    {
                        yield break;
                    }

                    asked = time.GetTimestamp();
                }

                var view = watch.View;
                await foreach (var entry in EntriesAsync(view, subject, after, ct))
                {
                    after = entry.Number;
                    if (journal.Draw(entry, viewer) is { } drawn)
                    {
                        yield return drawn;
                    }
                }

                if (view.Snapshot is { } snapshot && snapshot != shown)
                {
                    shown = snapshot;
                    yield return snapshot;
                }
                else if (view.Beats != beats)
                {
                    yield return ServerEvent.Heartbeat;
                }

                if (view.IsOver)
                {
                    yield break;
                }

                beats = view.Beats;
                await view.Replaced.WaitAsync(ct);
            }
        }
        finally
        {
            Leave(watch);
        }
    }

    /// <summary>The entries after a number; those that the view does not hold any more are read from the database.</summary>
    private async IAsyncEnumerable<JournalEntry> EntriesAsync(
        JournalView view,
        Guid subject,
        long after,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        while (after < view.Floor)
        {
            var page = await PageAsync(subject, after, view.Floor, ct);
            foreach (var entry in page)
            {
                yield return entry;
            }

            after = page.Count == Page ? page[^1].Number : view.Floor;
        }

        foreach (var entry in view.After(after))
        {
            yield return entry;
        }
    }

    private async Task<List<JournalEntry>> PageAsync(Guid subject, long after, long upTo, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await journal
            .Entries(db, subject)
            .Where(entry => entry.Number > after && entry.Number <= upTo)
            .OrderBy(entry => entry.Number)
            .Take(Page)
            .ToListAsync(ct);
    }

    /// <summary>Whose a subject is does not change, so that a crowd need not ask the database one by one.</summary>
    private Guid? WatchedOwner(Guid subject)
    {
        lock (gate)
        {
            return watches.GetValueOrDefault(subject) is { View.Snapshot: not null } watch ? watch.Owner : null;
        }
    }

    private async Task<Guid?> OwnerAsync(Guid subject, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await journal.OwnerAsync(db, subject, ct);
    }

    private async Task<bool> SeesAsync(Guid viewer, Guid owner, Guid subject, CancellationToken ct)
    {
        if (viewer == owner)
        {
            return true;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        return await journal.MaySeeAsync(db, viewer, subject, ct);
    }

    /// <summary>While the database is away no right can have ended.</summary>
    private async Task<bool> StillSeesAsync(Guid viewer, Guid owner, Guid subject, CancellationToken ct)
    {
        try
        {
            return await SeesAsync(viewer, owner, subject, ct);
        }
        catch (Exception error) when (DatabaseFaults.IsTransient(error))
        {
            return true;
        }
    }

    private JournalWatch Join(Guid owner, Guid subject)
    {
        lock (gate)
        {
            if (!watches.TryGetValue(subject, out var watch) || watch.View.Replaced.IsFaulted)
            {
                watches[subject] = watch = new JournalWatch(journal, databases, live, time, owner, subject);
            }

            watch.Viewers++;
            return watch;
        }
    }

    private void Leave(JournalWatch watch)
    {
        lock (gate)
        {
            if (--watch.Viewers > 0)
            {
                return;
            }

            watch.Dispose();
            if (watches.GetValueOrDefault(watch.Subject) == watch)
            {
                watches.Remove(watch.Subject);
            }
        }
    }
}
