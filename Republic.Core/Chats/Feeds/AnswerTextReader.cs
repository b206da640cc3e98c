using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Answers;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Chats.Feeds;

/// <summary>
/// What happens in a person's chats, for one browser. Answers come as rendered, sanitised blocks (<c>tail</c>); everything else says what
/// changed, and the page fetches it: <c>message</c>, <c>trace</c>, <c>done</c>, <c>feedback</c>,
/// <c>conversation</c>, <c>read</c>.
/// </summary>
internal sealed class AnswerTextReader(IDbContextFactory<RepublicDb> databases, ChatTurns turns, Guid person) : ILiveTextReader
{
    private readonly Dictionary<Guid, (Guid Conversation, GrowingProse Prose)> growing = [];

    public bool HasGap => growing.Values.Any(answer => answer.Prose.HasGap);

    public async Task CatchUpAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var writing = db.Messages.OwnedBy(db, person).BeingWritten();
        var saved = await db.SavedTextsAsync(writing, ct);
        var answers = await writing
            .Select(m => new
            {
                m.Id,
                m.ConversationId,
                m.State,
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
            var prose = ProseOf(answer.ConversationId, answer.Id);
            prose.Cites(answer.Id, (turns.TraceOf(answer.Id) ?? answer.Trace)?.Passages.Count ?? 0);
            prose.CatchUp(turns.TextOf(answer.Id)?.ToString() ?? saved.Of(answer.Id, answer.State, answer.Content));
        }
    }

    public IEnumerable<ServerEvent> Render(string? id) =>
        growing.Select(answer => Tail(id, answer.Value.Conversation, answer.Key, answer.Value.Prose)).OfType<ServerEvent>();

    public IReadOnlyList<ServerEvent>? Draw(LiveItem item)
    {
        var conversation = item.Event.Subject;
        switch (item.Event.Name)
        {
            case ChatEvents.Delta:
                if (ChatEvents.DeltaOf(item.Event) is { } delta)
                {
                    ProseOf(conversation, delta.MessageId).Offer(delta);
                }

                return [];
            case ChatEvents.Trace when ChatEvents.StagesOf(item.Event) is { } stages:
                ProseOf(conversation, stages.MessageId).Cites(stages.MessageId, stages.Passages);
                return [Notice(item, "trace", stages.MessageId)];
            case ChatEvents.Trace:
                return [];
            case ChatEvents.Message when ChatEvents.MessageOf(item.Event) is { } message:
                ProseOf(conversation, message);
                return [Notice(item, "message", message)];
            case ChatEvents.Done when ChatEvents.MessageOf(item.Event) is { } message:
                return End(item, message);
            case ChatEvents.Feedback when ChatEvents.MessageOf(item.Event) is { } message:
                return [Notice(item, "feedback", message)];
            case ChatEvents.Conversation:
                return [new ServerEvent(item.Id, "conversation", new { conversation_id = conversation })];
            case ChatEvents.Read:
                return [new ServerEvent(item.Id, "read", new { conversation_id = conversation })];
            default:
                return null;
        }
    }

    /// <summary>The last words before the end of the answer: the page shows them while it fetches the message.</summary>
    private IReadOnlyList<ServerEvent> End(LiveItem item, Guid message)
    {
        var done = Notice(item, "done", message);
        return growing.Remove(message, out var answer) && Tail(item.Id, answer.Conversation, message, answer.Prose) is { } rest
            ? [rest, done]
            : [done];
    }

    private GrowingProse ProseOf(Guid conversation, Guid message)
    {
        growing.TryAdd(message, (conversation, new GrowingProse()));
        return growing[message].Prose;
    }

    private static ServerEvent Notice(LiveItem item, string name, Guid message) =>
        new(item.Id, name, new { conversation_id = item.Event.Subject, message_id = message });

    /// <summary>Null where nothing grew.</summary>
    private static ServerEvent? Tail(string? id, Guid conversation, Guid message, GrowingProse prose) =>
        prose.Render() is var (from, blocks)
            ? new(
                id,
                "tail",
                new
                {
                    conversation_id = conversation,
                    message_id = message,
                    from_block = from,
                    blocks,
                }
            )
            : null;
}
