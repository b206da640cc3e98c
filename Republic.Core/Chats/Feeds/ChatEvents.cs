using System.Text.Json;
using Republic.Core.Chats.Answers;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Messages;
using Republic.Core.Events;

namespace Republic.Core.Chats.Feeds;

/// <summary>What chats tell the live stream. The subject is the conversation.</summary>
public static class ChatEvents
{
    /// <summary>A message came to be, or changed its state.</summary>
    public const string Message = "chat.message";

    /// <summary>More of an answer: <see cref="AnswerDelta"/>.</summary>
    public const string Delta = "chat.delta";

    /// <summary>Another stage of an answer has ended: <see cref="AnswerStages"/>.</summary>
    public const string Trace = "chat.trace";

    /// <summary>An answer reached its end, good or bad, and is saved.</summary>
    public const string Done = "chat.done";

    /// <summary>The feedback on an answer was given, changed or taken back.</summary>
    public const string Feedback = "chat.feedback";

    /// <summary>The conversation itself changed: its title, which branch is shown, whether it teaches, or it is gone.</summary>
    public const string Conversation = "chat.conversation";

    /// <summary>What was new in it has been read.</summary>
    public const string Read = "chat.read";

    public static LiveEvent Of(string name, Guid conversation, Guid message) => new(name, conversation, JsonSerializer.Serialize(message));

    public static LiveEvent Of(Guid conversation, AnswerDelta delta) => new(Delta, conversation, JsonSerializer.Serialize(delta));

    public static LiveEvent Of(Guid conversation, AnswerStages stages) => new(Trace, conversation, JsonSerializer.Serialize(stages));

    public static AnswerStages? StagesOf(LiveEvent @event) =>
        @event is { Name: Trace, Data: { } data } ? JsonSerializer.Deserialize<AnswerStages>(data) : null;

    public static AnswerDelta? DeltaOf(LiveEvent @event) =>
        @event is { Name: Delta, Data: { } data } ? JsonSerializer.Deserialize<AnswerDelta>(data) : null;

    public static Guid? MessageOf(LiveEvent @event) =>
        @event.Data is not { } data ? null
        : @event.Name == Delta ? DeltaOf(@event)?.MessageId
        : @event.Name == Trace ? StagesOf(@event)?.MessageId
        : @event.Name is Message or Done or Feedback ? JsonSerializer.Deserialize<Guid>(data)
        : null;
}
