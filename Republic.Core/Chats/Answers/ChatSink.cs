using Microsoft.Extensions.Hosting;
using Republic.Core.Answering.Traces;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Feeds;
using Republic.Core.Events;
using Republic.Core.Memories.Learning;

namespace Republic.Core.Chats.Answers;

/// <summary>An answer in a chat: those who watch the chat get it stage by stage and piece by piece.</summary>
internal sealed class ChatSink(
    AnswerOrder order,
    PromptLoader prompts,
    MemoryLearning learning,
    LiveEvents live,
    IHostApplicationLifetime lifetime
) : ITurnSink
{
    public string Retry => "Answer again";

    public string Change => "ask in other words";

    public Task<Outcome<TurnRequest>> RequestAsync(RunningTurn turn, CancellationToken ct) => prompts.LoadAsync(order, turn, ct);

    public void Staged(AnswerTrace trace) =>
        live.Publish(order.PersonId, ChatEvents.Of(order.ConversationId, new AnswerStages(order.MessageId, trace.Passages.Count)));

    public void Grew(RunningTurn turn, int offset, string added) =>
        live.Publish(order.PersonId, ChatEvents.Of(order.ConversationId, new AnswerDelta(order.MessageId, offset, added)));

    /// <summary>By rules, before the answer ends: the next question may be about what this message said.</summary>
    public Task WrittenAsync() =>
        order.SaidInChat is { } said ? learning.LearnAsync(said, lifetime.ApplicationStopping) : Task.CompletedTask;

    public void Ended() => live.Publish(order.PersonId, ChatEvents.Of(ChatEvents.Done, order.ConversationId, order.MessageId));
}
