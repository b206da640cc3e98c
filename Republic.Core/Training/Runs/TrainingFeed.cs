using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Training.Journal;

namespace Republic.Core.Training.Runs;

/// <summary>One run as a stream of <c>step</c>, <c>progress</c>, <c>loss</c>, <c>log</c> and <c>report</c>; it ends when the run does.</summary>
public sealed class TrainingFeed(IDbContextFactory<RepublicDb> databases, LiveEvents live, TimeProvider time)
{
    private const int Page = 500;
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, RunWatch> watches = [];

    /// <summary>Runs that are looked at on this node just now.</summary>
    internal int Watched
    {
        get
        {
            lock (gate)
            {
                return watches.Count;
            }
        }
    }

    /// <param name="lastEventId">Where an earlier stream ended; null begins with the run's first event.</param>
    public async Task<Outcome<ServerEvents>> OpenAsync(Guid owner, Guid id, string? lastEventId, CancellationToken ct)
    {
        if (!IsWatchedBy(owner, id) && !await IsOwnAsync(owner, id, ct))
        {
            return Failure.NotFound("training job");
        }

        var after = long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
        return new ServerEvents(FollowAsync(owner, id, after, CancellationToken.None));
    }

    internal static ServerEvent Event(TrainingEvent told) =>
        new(told.Id.ToString(CultureInfo.InvariantCulture), told.Kind, JsonElement.Parse(told.Data));

    internal static ServerEvent Progress(RunStanding standing) =>
        new(
            null,
            "progress",
            new
            {
                standing.Status,
                standing.Progress,
                eta_seconds = standing.Live?.EtaSeconds is { } eta ? Math.Round(eta, 1) : (double?)null,
                standing.CurrentStep,
                standing.ErrorMessage,
                gauges = standing.Live?.Gauges,
            }
        );

    /// <param name="ct">Whoever reads the stream brings it.</param>
    private async IAsyncEnumerable<ServerEvent> FollowAsync(Guid owner, Guid id, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        var watch = Join(owner, id);
        try
        {
            var (told, beats) = ((ServerEvent?)null, 0);
            while (true)
            {
                var view = watch.View;
                while (after < view.Floor)
                {
                    var page = await PageAsync(id, after, view.Floor, ct);
                    foreach (var old in page)
                    {
                        yield return Event(old);
                    }

                    after = page.Count == Page ? page[^1].Id : view.Floor;
                }

                foreach (var (number, item) in view.After(after))
                {
                    after = number;
                    yield return item;
                }

                if (view.Progress is { } progress && progress != told)
                {
                    told = progress;
                    yield return progress;
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

    private async Task<List<TrainingEvent>> PageAsync(Guid run, long after, long upTo, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .TrainingEvents.AsNoTracking()
            .Where(e => e.TrainingJobId == run && e.Id > after && e.Id <= upTo)
            .OrderBy(e => e.Id)
            .Take(Page)
            .ToListAsync(ct);
    }

    private async Task<bool> IsOwnAsync(Guid owner, Guid run, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.TrainingJobs.OwnedBy(owner).AnyAsync(job => job.Id == run, ct);
    }

    /// <summary>Whose run it is does not change, so that a crowd need not ask the database one by one.</summary>
    private bool IsWatchedBy(Guid owner, Guid run)
    {
        lock (gate)
        {
            return watches.TryGetValue(run, out var watch) && watch.Owner == owner && watch.View.Progress is not null;
        }
    }

    private RunWatch Join(Guid owner, Guid run)
    {
        lock (gate)
        {
            if (!watches.TryGetValue(run, out var watch) || watch.View.Replaced.IsFaulted)
            {
                watches[run] = watch = new RunWatch(databases, live, time, owner, run);
            }

            watch.Viewers++;
            return watch;
        }
    }

    private void Leave(RunWatch watch)
    {
        lock (gate)
        {
            if (--watch.Viewers > 0)
            {
                return;
            }

            watch.Dispose();
            if (watches.GetValueOrDefault(watch.Run) == watch)
            {
                watches.Remove(watch.Run);
            }
        }
    }
}
