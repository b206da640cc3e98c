using System.Runtime.CompilerServices;
using Republic.Core.Chats.Conversations;
using Republic.Core.Events;

namespace Republic.Core.Chats.Feeds;

/// <summary>
/// One conversation as a stream of <c>message</c>, <c>delta</c>, <c>trace</c>, <c>error</c> and <c>done</c>. Live events say when to send;
/// what is sent is measured against the answer's text, so that an event lost between nodes or by a slow reader loses no words.
/// </summary>
public sealed class ConversationFeed(Transcripts transcripts, LiveEvents live, TimeProvider time)
{
    // While an answer grows elsewhere, its saved text is looked at so often even if no event comes.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookSoon = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <param name="lastEventId">Where an earlier stream ended; null or unknown begins with the newest message as it is.</param>
    public async Task<Outcome<ServerEvents>> OpenAsync(Guid person, Guid conversation, string? lastEventId, CancellationToken ct)
    {
        // Listening begins before reading, so that nothing falls between the two.
        var subscription = live.Subscribe(person);
        var transcript = await transcripts.ReadAsync(person, conversation, ct);
        if (!transcript.Ok)
        {
            subscription.Dispose();
            return transcript.Failure;
        }

        var reader = new FeedReader(transcripts, time, person, conversation);
        var first = reader.Begin(transcript.Value, FeedPosition.Parse(lastEventId));
        return new ServerEvents(FollowAsync(subscription, reader, first, ct));
    }

    private async IAsyncEnumerable<ServerEvent> FollowAsync(
        LiveSubscription subscription,
        FeedReader reader,
        IReadOnlyList<ServerEvent> first,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var listening = subscription;
        foreach (var item in first)
        {
            yield return item;
        }

        var quietSince = time.GetTimestamp();
        while (!reader.IsOver)
        {
            var patience =
                reader.HasGap ? LookSoon
                : reader.IsFollowing ? LookAgain
                : Quiet;
            var items = await reader.ReadAsync(await listening.NextAsync(patience, ct), ct);
            foreach (var item in items)
            {
                yield return item;
            }

            if (items.Count == 0 && time.GetElapsedTime(quietSince) >= Quiet)
            {
                yield return ServerEvent.Heartbeat;
                quietSince = time.GetTimestamp();
            }
            else if (items.Count > 0)
            {
                quietSince = time.GetTimestamp();
            }
        }
    }
}
