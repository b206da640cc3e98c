using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Events;

/// <summary>
/// Looks at one journal for all its readers on this node: each change is read once, however many they are. It keeps the last entries;
/// what is older, a reader reads itself.
/// </summary>
internal sealed class JournalWatch : IDisposable
{
    internal const int Kept = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    internal static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);
    private readonly CancellationTokenSource left = new();
    private readonly IJournal journal;
    private readonly IDbContextFactory<RepublicDb> databases;
    private readonly TimeProvider time;
    private JournalView view = new();
    private JournalSnapshot? snapshot;
    private long quietSince;

    public JournalWatch(
        IJournal journal,
        IDbContextFactory<RepublicDb> databases,
        LiveEvents live,
        TimeProvider time,
        Guid owner,
        Guid subject
    )
    {
        (this.journal, this.databases, this.time) = (journal, databases, time);
        (Owner, Subject, quietSince) = (owner, subject, time.GetTimestamp());
        // Listening begins before reading, so that nothing falls between the two.
        var listening = live.Subscribe(owner);
        // Taken here: when the work begins, the last viewer may have left, and this be disposed.
        var ct = left.Token;
        _ = Task.Run(() => WatchAsync(listening, ct));
    }

    public Guid Owner { get; }

    public Guid Subject { get; }

    public int Viewers { get; set; }

    public JournalView View => Volatile.Read(ref view);

    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
    }

    private async Task WatchAsync(LiveSubscription subscription, CancellationToken ct)
    {
        using var listening = subscription;
        try
        {
            await LookAsync(ct);
            while (!view.IsOver)
            {
                await UntilItChangesAsync(listening, ct);
                await LookAsync(ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The last viewer left.
        }
        catch (Exception error)
        {
            view.Fail(error);
        }
    }

    /// <summary>While the database is away nothing can have happened.</summary>
    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            // Read before the entries: of a subject that is over all entries are there.
            var now = await journal.SnapshotAsync(db, Subject, ct);
            var entries = now is null ? [] : await NewestAsync(db, ct);
            if (now is null || now != snapshot || entries.Count > 0)
            {
                Show(Next(now, entries));
                snapshot = now;
            }
            else if (time.GetElapsedTime(quietSince) >= Quiet)
            {
                Show(Next(now, entries, beats: 1));
            }
        }
        catch (Exception error) when (DatabaseFaults.IsTransient(error))
        {
            await Task.Delay(Patience, time, ct);
        }
    }

    /// <summary>Of those that are not kept yet; when they are as many as are kept at all, there may be more before them.</summary>
    private async Task<List<JournalEntry>> NewestAsync(RepublicDb db, CancellationToken ct)
    {
        var last = view.Last;
        var newest = await journal
            .Entries(db, Subject)
            .Where(entry => entry.Number > last)
            .OrderByDescending(entry => entry.Number)
            .Take(Kept)
            .ToListAsync(ct);
        newest.Reverse();
        return newest;
    }

    private JournalView Next(JournalSnapshot? now, List<JournalEntry> entries, int beats = 0)
    {
        JournalEntry[] all = entries.Count < Kept ? [.. view.Recent, .. entries] : [.. entries];
        return new JournalView
        {
            Recent = all.Length > Kept ? all[^Kept..] : all,
            Floor =
                entries.Count == Kept ? entries[0].Number - 1
                : all.Length > Kept ? all[^(Kept + 1)].Number
                : view.Floor,
            Snapshot =
                now is null ? null
                : now == snapshot ? view.Snapshot
                : new ServerEvent(null, now.Name, now.Data),
            Beats = view.Beats + beats,
            IsOver = now is null or { IsOver: true },
        };
    }

    private void Show(JournalView next)
    {
        quietSince = time.GetTimestamp();
        var old = view;
        Volatile.Write(ref view, next);
        old.Replace();
    }

    private async Task UntilItChangesAsync(LiveSubscription listening, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) is var waited && waited < Patience)
        {
            var batch = await listening.NextAsync(Patience - waited, ct);
            if (batch.Missed || batch.Items.Any(item => item.Event.Subject == (snapshot?.Topic ?? Subject)))
            {
                return;
            }
        }
    }
}
