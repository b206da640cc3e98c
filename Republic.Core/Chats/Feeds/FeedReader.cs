using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Answers;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Messages;
using Republic.Core.Citizens;
using Republic.Core.Events;

namespace Republic.Core.Chats.Feeds;

/// <summary>What one reader of a conversation has, and what it still needs.</summary>
internal sealed class FeedReader(Transcripts transcripts, TimeProvider time, Guid person, Guid conversation)
{
    private static readonly TimeSpan GapPatience = TimeSpan.FromMilliseconds(250);

    private readonly HashSet<Guid> seen = [];
    private readonly Dictionary<Guid, AnswerFollower> following = [];
    private readonly Dictionary<Guid, int> waiting = [];
    private long lastLook;

    public bool IsFollowing => following.Count > 0;

    public bool HasGap => following.Values.Any(follower => follower.HasGap);

    /// <summary>The conversation is gone.</summary>
    public bool IsOver { get; private set; }

    public IReadOnlyList<ServerEvent> Begin(Transcript transcript, FeedPosition? position)
    {
        var events = new List<ServerEvent>();
        var messages = transcript.Messages;
        var at = messages.ToList().FindIndex(m => m.Id == position?.Message);
        if (at >= 0 && position!.Length <= messages[at].Content.Length)
        {
            seen.UnionWith(messages.Take(at + 1).Select(m => m.Id));
            if (!position.Done && IsAnswer(messages[at]))
            {
                following[messages[at].Id] = new AnswerFollower(position.Length);
                CatchUp(messages[at], events);
            }
        }
        else if (messages.Count > 0)
        {
            // A new reader, another branch, or more text than a killed process had saved: the newest message, whole.
            seen.UnionWith(messages.SkipLast(1).Select(m => m.Id));
        }

        Show(messages, events);
        return events;
    }

    public async Task<IReadOnlyList<ServerEvent>> ReadAsync(LiveBatch batch, CancellationToken ct)
    {
        var events = new List<ServerEvent>();
        var mustLook = batch.Missed || (batch.Items.Count == 0 && IsFollowing);
        foreach (var @event in batch.Items.Select(item => item.Event).Where(IsTold))
        {
            mustLook |= !TryAppend(@event, events);
        }

        if (mustLook || (HasGap && time.GetElapsedTime(lastLook) >= GapPatience))
        {
            lastLook = time.GetTimestamp();
            await LookAsync(events, ct);
        }

        return events;
    }

    /// <summary>Marks of what was read, and feedback, change no message.</summary>
    private bool IsTold(LiveEvent @event) => @event.Subject == conversation && @event.Name is not (ChatEvents.Read or ChatEvents.Feedback);

    private bool TryAppend(LiveEvent @event, List<ServerEvent> events)
    {
        if (ChatEvents.DeltaOf(@event) is not { } delta)
        {
            return false;
        }

        if (!following.TryGetValue(delta.MessageId, out var follower))
        {
            // One that is over sends nothing more; one that is new is fetched.
            return seen.Contains(delta.MessageId);
        }

        Append(delta.MessageId, follower, follower.Offer(delta.Offset, delta.Text), events);
        return true;
    }

    private async Task LookAsync(List<ServerEvent> events, CancellationToken ct)
    {
        var transcript = await transcripts.ReadAsync(person, conversation, ct);
        if (!transcript.Ok)
        {
            IsOver = true;
            return;
        }

        foreach (var id in following.Keys.ToList())
        {
            // Another branch may be shown by now; the answer is still awaited here.
            if (transcript.Value.Messages.FirstOrDefault(m => m.Id == id) is { } shown)
            {
                CatchUp(shown, events);
            }
            else if (await transcripts.MessageAsync(person, id, ct) is { Ok: true, Value: var hidden })
            {
                CatchUp(hidden, events);
            }
        }

        Show(transcript.Value.Messages, events);
    }

    private void Show(IEnumerable<MessageRow> messages, List<ServerEvent> events)
    {
        foreach (var message in messages)
        {
            if (!seen.Add(message.Id))
            {
                Resume(message, events);
                continue;
            }

            events.Add(new ServerEvent(Id(message.Id, message.Content.Length), "message", new { message }));
            if (IsAnswer(message))
            {
                following[message.Id] = new AnswerFollower(message.Content.Length);

                CatchUp(message, events);
            }
        }
    }

    /// <summary>An answer that waited for a person goes on.</summary>
    private void Resume(MessageRow message, List<ServerEvent> events)
    {
        if (message.State != TurnState.Waiting && waiting.Remove(message.Id, out var length))
        {
            following[message.Id] = new AnswerFollower(length);
            CatchUp(message, events);
        }
    }

    private void CatchUp(MessageRow message, List<ServerEvent> events)
    {
        var follower = following[message.Id];
        if (message.IsBeingWritten && follower.Stages != (message.Trace?.Stages.Count ?? -1))
        {
            follower.Stages = message.Trace?.Stages.Count ?? -1;
            events.Add(Trace(message));
        }

        Append(message.Id, follower, follower.CatchUp(message.Content), events);
        if (message.IsBeingWritten)
        {
            return;
        }

        following.Remove(message.Id);
        if (message.State == TurnState.Waiting)
        {
            waiting[message.Id] = message.Content.Length;
            events.Add(Trace(message));
            events.Add(new ServerEvent(Id(message.Id, message.Content.Length), "waiting", new { message }));
            return;
        }

        var id = new FeedPosition(message.Id, message.Content.Length, Done: true).ToString();
        events.Add(Trace(message));
        if (message.Error is { } error)
        {
            events.Add(
                new ServerEvent(
                    Id(message.Id, message.Content.Length),
                    "error",
                    new
                    {
                        message_id = message.Id,
                        message.State,
                        message = error,
                    }
                )
            );
        }

        events.Add(new ServerEvent(id, "done", new { message }));
    }

    private static void Append(Guid message, AnswerFollower follower, string added, List<ServerEvent> events)
    {
        if (added.Length > 0)
        {
            var delta = new AnswerDelta(message, follower.Length - added.Length, added);
            events.Add(new ServerEvent(Id(message, follower.Length), "delta", delta));
        }
    }

    private static ServerEvent Trace(MessageRow message) =>
        new(
            Id(message.Id, message.Content.Length),
            "trace",
            new
            {
                message_id = message.Id,
                stages = StageRow.Of(message),
                passages = message.Trace?.Passages ?? [],
            }
        );

    private static bool IsAnswer(MessageRow message) => message.Author.Kind == CitizenKind.Minion;

    private static string Id(Guid message, int length) => new FeedPosition(message, length, Done: false).ToString();
}
