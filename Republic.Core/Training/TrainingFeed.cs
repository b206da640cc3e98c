using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Training;

/// <summary>One run as a stream of <c>step</c>, <c>progress</c>, <c>loss</c>, <c>log</c> and <c>report</c>; it ends when the run does.</summary>
public sealed class TrainingFeed(IDbContextFactory<RepublicDb> databases, TrainingCards cards, LiveEvents live, TimeProvider time)
{
    private const int Page = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <param name="lastEventId">Where an earlier stream ended; null begins with the run's first event.</param>
    public async Task<Outcome<ServerEvents>> OpenAsync(Guid owner, Guid id, string? lastEventId, CancellationToken ct)
    {
        // Listening begins before reading, so that nothing falls between the two.
        var subscription = live.Subscribe(owner);
        var card = await cards.FindAsync(owner, id, ct);
        if (!card.Ok)
        {
            subscription.Dispose();
            return card.Failure;
        }

        var after = long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
        return new ServerEvents(FollowAsync(subscription, owner, id, after, ct));
    }

    private async IAsyncEnumerable<ServerEvent> FollowAsync(
        LiveSubscription subscription,
        Guid owner,
        Guid id,
        long after,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var listening = subscription;
        var told = "";
        var quietSince = time.GetTimestamp();
        while (true)
        {
            // Read before the events: of a run that is over all events are there.
            var card = await cards.FindAsync(owner, id, ct);
            if (!card.Ok)
            {
                yield break;
            }

            await foreach (var item in NewAsync(id, after, ct))
            {
                after = long.Parse(item.Id!, CultureInfo.InvariantCulture);
                quietSince = time.GetTimestamp();
                yield return item;
            }

            var progress = Progress(card.Value);
            if (JsonSerializer.Serialize(progress, progress.GetType()) is var now && now != told)
            {
                (told, quietSince) = (now, time.GetTimestamp());
                yield return new ServerEvent(null, "progress", progress);
            }

            if (card.Value.Status is TrainingStatus.Completed)
            {
                yield break;
            }

            if (time.GetElapsedTime(quietSince) >= Quiet)
            {
                quietSince = time.GetTimestamp();
                yield return ServerEvent.Heartbeat;
            }

            await UntilItChangesAsync(listening, id, ct);
        }
    }

    private async Task UntilItChangesAsync(LiveSubscription listening, Guid id, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) is var waited && waited < Patience)
        {
            var batch = await listening.NextAsync(Patience - waited, ct);
            if (batch.Missed || batch.Items.Any(item => item.Event.Subject == id))
            {
                return;
            }
        }
    }

    private async IAsyncEnumerable<ServerEvent> NewAsync(Guid id, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        var page = Page;
        while (page == Page)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var events = await db
                .TrainingEvents.AsNoTracking()
                .Where(e => e.TrainingJobId == id && e.Id > after)
                .OrderBy(e => e.Id)
                .Take(Page)
                .ToListAsync(ct);
            page = events.Count;
            foreach (var one in events)
            {
                after = one.Id;
                yield return new ServerEvent(one.Id.ToString(CultureInfo.InvariantCulture), one.Kind, JsonElement.Parse(one.Data));
            }
        }
    }

    private static object Progress(TrainingCard card) =>
        new
        {
            card.Status,
            card.Progress,
            eta_seconds = card.EtaSeconds is { } eta ? Math.Round(eta, 1) : (double?)null,
            card.CurrentStep,
            card.ErrorMessage,
            gauges = card.Live?.Gauges,
        };
}
