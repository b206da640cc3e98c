using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Training.Journal;

namespace Republic.Core.Training.Runs;

/// <summary>
/// Looks at one run for all its viewers on this node: each change is read once, however many they are. It keeps the last events; what is
/// older, a viewer reads itself.
/// </summary>
internal sealed class RunWatch : IDisposable
{
    internal const int Kept = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);
    private readonly CancellationTokenSource left = new();
    private readonly IDbContextFactory<RepublicDb> databases;
    private readonly TimeProvider time;
    private RunView view = new();
    private RunStanding? standing;
    private long quietSince;

    public RunWatch(IDbContextFactory<RepublicDb> databases, LiveEvents live, TimeProvider time, Guid owner, Guid run)
    {
        (this.databases, this.time, Owner, Run, quietSince) = (databases, time, owner, run, time.GetTimestamp());
        // Listening begins before reading, so that nothing falls between the two.
        var listening = live.Subscribe(owner);
        _ = Task.Run(() => WatchAsync(listening, left.Token));
    }

    public Guid Owner { get; }

    public Guid Run { get; }

    public int Viewers { get; set; }

    public RunView View => Volatile.Read(ref view);

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
            // Read before the events: of a run that is over all events are there.
            var now = await StandingAsync(db, ct);
            var events = now is null ? [] : await NewestAsync(db, ct);
            if (now is null || now != standing || events.Count > 0)
            {
                Show(Next(now, events));
                standing = now;
            }
            else if (time.GetElapsedTime(quietSince) >= Quiet)
            {
                Show(Next(now, events, beats: 1));
            }
        }
        catch (Exception error) when (DatabaseFaults.IsTransient(error))
        {
            await Task.Delay(Patience, time, ct);
        }
    }

    private async Task<RunStanding?> StandingAsync(RepublicDb db, CancellationToken ct)
    {
        var row = await (
            from job in db.TrainingJobs
            where job.Id == Run
            join work in db.Jobs on job.WorkId equals (Guid?)work.Id into works
            from last in works.DefaultIfEmpty()
            select new
            {
                Work = last,
                Done = db.TrainingSteps.Count(step =>
                    step.TrainingJobId == Run && (step.Status == StepStatus.Completed || step.Status == StepStatus.Skipped)
                ),
            }
        )
            .AsNoTracking()
            .SingleOrDefaultAsync(ct);
        return row is null ? null : RunStanding.Of(row.Work, row.Done);
    }

    /// <summary>Of those that are not kept yet; when they are as many as are kept at all, there may be more before them.</summary>
    private async Task<List<TrainingEvent>> NewestAsync(RepublicDb db, CancellationToken ct)
    {
        var last = view.Last;
        var newest = await db
            .TrainingEvents.AsNoTracking()
            .Where(e => e.TrainingJobId == Run && e.Id > last)
            .OrderByDescending(e => e.Id)
            .Take(Kept)
            .ToListAsync(ct);
        newest.Reverse();
        return newest;
    }

    private RunView Next(RunStanding? now, List<TrainingEvent> events, int beats = 0)
    {
        var fresh = events.Select(e => (e.Id, TrainingFeed.Event(e)));
        var all = events.Count < Kept ? [.. view.Recent, .. fresh] : fresh.ToArray();
        return new RunView
        {
            Recent = all.Length > Kept ? all[^Kept..] : all,
            Floor =
                events.Count == Kept ? events[0].Id - 1
                : all.Length > Kept ? all[^(Kept + 1)].Id
                : view.Floor,
            Progress =
                now is null ? null
                : now == standing ? view.Progress
                : TrainingFeed.Progress(now),
            Beats = view.Beats + beats,
            IsOver = now is null or { Status: TrainingStatus.Completed },
        };
    }

    private void Show(RunView next)
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
            if (batch.Missed || batch.Items.Any(item => item.Event.Subject == Run))
            {
                return;
            }
        }
    }
}
