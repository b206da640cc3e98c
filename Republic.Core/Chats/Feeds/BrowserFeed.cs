using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Answers;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Chats.Feeds;

/// <summary>
/// All that happens to a person's things, for one browser. Answers come as rendered, sanitised blocks (<c>tail</c>); everything else says
/// what changed, and the page fetches it: <c>message</c>, <c>trace</c>, <c>done</c>, <c>conversation</c>, <c>changed</c>, and <c>missed</c> when it must fetch all.
/// </summary>
public sealed class BrowserFeed(IDbContextFactory<RepublicDb> databases, ChatTurns turns, LiveEvents live, TimeProvider time)
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan GapPatience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    // A session that was ended elsewhere must not be listened to for ever; the browser comes back by itself and is asked again.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public ServerEvents Open(Guid person, string? lastEventId, CancellationToken ct) =>
        new(FollowAsync(person, live.Subscribe(person, lastEventId), ct));

    private async IAsyncEnumerable<ServerEvent> FollowAsync(
        Guid person,
        LiveSubscription subscription,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var listening = subscription;
        var growing = new Dictionary<Guid, (Guid Conversation, GrowingProse Prose)>();
        await FindGrowingAsync(person, growing, ct);
        var opened = time.GetTimestamp();
        var lastLook = opened;
        string? lastId = null;
        while (time.GetElapsedTime(opened) < Lifetime)
        {
            foreach (var (message, (conversation, prose)) in growing)
            {
                if (prose.Render() is var (from, blocks))
                {
                    yield return Tail(lastId, conversation, message, from, blocks);
                }
            }

            // What queues up meanwhile is rendered once.
            await Task.Delay(Frame, time, ct);
            var hasGap = growing.Values.Any(g => g.Prose.HasGap);
            var batch = await listening.NextAsync(hasGap ? GapPatience : Quiet, ct);
            lastId = batch.LastId;
            foreach (var item in batch.Items)
            {
                // The last words before the end of the answer: the page shows them while it fetches the message.
                if (EndingOf(item.Event, growing) is var (ending, last) && last.Prose.Render() is var (at, rest))
                {
                    yield return Tail(item.Id, last.Conversation, ending, at, rest);
                }

                if (Notice(item, growing) is { } notice)
                {
                    yield return notice;
                }
            }

            if (batch.Missed)
            {
                yield return new ServerEvent(lastId, "missed", new { });
            }

            if (batch.Missed || (hasGap && time.GetElapsedTime(lastLook) > GapPatience))
            {
                lastLook = time.GetTimestamp();
                await FindGrowingAsync(person, growing, ct);
            }
            else if (batch.Items.Count == 0)
            {
                yield return ServerEvent.Heartbeat;
            }
        }
    }

    private async Task FindGrowingAsync(
        Guid person,
        Dictionary<Guid, (Guid Conversation, GrowingProse Prose)> growing,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var answers = await db
            .Messages.OwnedBy(db, person)
            .BeingWritten()
            .Select(m => new
            {
                m.Id,
                m.ConversationId,
                m.Content,
                m.Trace,
            })
            .ToListAsync(ct);
        foreach (var gone in growing.Keys.Except(answers.Select(a => a.Id)).ToList())
        {
            growing.Remove(gone);
        }

        foreach (var answer in answers)
        {
            growing.TryAdd(answer.Id, (answer.ConversationId, new GrowingProse()));
            growing[answer.Id].Prose.Cites(answer.Id, (turns.TraceOf(answer.Id) ?? answer.Trace)?.Passages.Count ?? 0);
            growing[answer.Id].Prose.CatchUp(turns.TextOf(answer.Id)?.ToString() ?? answer.Content);
        }
    }

    private static (Guid Message, (Guid Conversation, GrowingProse Prose) Growing)? EndingOf(
        LiveEvent @event,
        Dictionary<Guid, (Guid Conversation, GrowingProse Prose)> growing
    ) =>
        @event.Name == ChatEvents.Done && ChatEvents.MessageOf(@event) is { } message && growing.TryGetValue(message, out var prose)
            ? (message, prose)
            : null;

    private static ServerEvent? Notice(LiveItem item, Dictionary<Guid, (Guid Conversation, GrowingProse Prose)> growing)
    {
        var subject = item.Event.Subject;
        var message = ChatEvents.MessageOf(item.Event);
        switch (item.Event.Name)
        {
            case ChatEvents.Delta when ChatEvents.DeltaOf(item.Event) is { } delta:
                growing.TryAdd(delta.MessageId, (subject, new GrowingProse()));
                growing[delta.MessageId].Prose.Offer(delta);
                return null;
            case ChatEvents.Delta:
                return null;
            case ChatEvents.Trace when ChatEvents.StagesOf(item.Event) is { } stages:
                growing.TryAdd(stages.MessageId, (subject, new GrowingProse()));
                growing[stages.MessageId].Prose.Cites(stages.MessageId, stages.Passages);
                return new ServerEvent(item.Id, "trace", new { conversation_id = subject, message_id = stages.MessageId });
            case ChatEvents.Trace:
                return null;
            case ChatEvents.Message when message is { } id:
                growing.TryAdd(id, (subject, new GrowingProse()));
                return new ServerEvent(item.Id, "message", new { conversation_id = subject, message_id = id });
            case ChatEvents.Done when message is { } id:
                growing.Remove(id);
                return new ServerEvent(item.Id, "done", new { conversation_id = subject, message_id = id });
            case ChatEvents.Conversation:
                return new ServerEvent(item.Id, "conversation", new { conversation_id = subject });
            case ChatEvents.Read:
                return new ServerEvent(item.Id, "read", new { conversation_id = subject });
            default:
                return new ServerEvent(item.Id, "changed", new { item.Event.Name, item.Event.Subject });
        }
    }

    private static ServerEvent Tail(string? id, Guid conversation, Guid message, int fromBlock, IReadOnlyList<string> blocks) =>
        new(
            id,
            "tail",
            new
            {
                conversation_id = conversation,
                message_id = message,
                from_block = fromBlock,
                blocks,
            }
        );
}
