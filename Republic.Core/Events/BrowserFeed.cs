using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Republic.Core.Events;

/// <summary>
/// All that happens to a person's things, for one browser. A noun whose text grows draws its own events; any other event is
/// <c>changed</c>, with its data where it has some, and the page fetches what it was not told. <c>missed</c> says that it must fetch all.
/// </summary>
public sealed class BrowserFeed(IEnumerable<ILiveText> texts, LiveEvents live, TimeProvider time)
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan GapPatience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    // A session that was ended elsewhere must not be listened to for ever; the browser comes back by itself and is asked again.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public ServerEvents Open(Guid person, string? lastEventId, CancellationToken ct) =>
        new(FollowAsync(live.Subscribe(person, lastEventId), [.. texts.Select(text => text.Open(person))], ct));

    private async IAsyncEnumerable<ServerEvent> FollowAsync(
        LiveSubscription subscription,
        IReadOnlyList<ILiveTextReader> readers,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var listening = subscription;
        await CatchUpAsync(readers, ct);
        var opened = time.GetTimestamp();
        var lastLook = opened;
        string? lastId = null;
        while (time.GetElapsedTime(opened) < Lifetime)
        {
            foreach (var grown in readers.SelectMany(reader => reader.Render(lastId)))
            {
                yield return grown;
            }

            // What queues up meanwhile is rendered once.
            await Task.Delay(Frame, time, ct);
            var hasGap = readers.Any(reader => reader.HasGap);
            var batch = await listening.NextAsync(hasGap ? GapPatience : Quiet, ct);
            lastId = batch.LastId;
            foreach (var drawn in batch.Items.SelectMany(item => Draw(item, readers)))
            {
                yield return drawn;
            }

            if (batch.Missed)
            {
                yield return new ServerEvent(lastId, "missed", new { });
            }

            if (batch.Missed || (hasGap && time.GetElapsedTime(lastLook) > GapPatience))
            {
                lastLook = time.GetTimestamp();
                await CatchUpAsync(readers, ct);
            }
            else if (batch.Items.Count == 0)
            {
                yield return ServerEvent.Heartbeat;
            }
        }
    }

    private static async Task CatchUpAsync(IEnumerable<ILiveTextReader> readers, CancellationToken ct)
    {
        foreach (var reader in readers)
        {
            await reader.CatchUpAsync(ct);
        }
    }

    private static IEnumerable<ServerEvent> Draw(LiveItem item, IEnumerable<ILiveTextReader> readers) =>
        readers.Select(reader => reader.Draw(item)).FirstOrDefault(drawn => drawn is not null) ?? [Changed(item)];

    private static ServerEvent Changed(LiveItem item) =>
        new(
            item.Id,
            "changed",
            new
            {
                item.Event.Name,
                item.Event.Subject,
                data = item.Event.Data is { } data ? JsonElement.Parse(data) : (JsonElement?)null,
            }
        );
}
