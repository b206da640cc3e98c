using Republic.Core.Answering;
using Republic.Core.Chats.Feeds;
using Republic.Core.Events;

namespace Republic.Core.Chats.Answers;

/// <summary>One answer from its pending row to its saved end. No page needs to be open.</summary>
internal sealed class ChatTurn(AnswerWriter writer, AnswerStore store, LiveEvents live)
{
    /// <param name="beforeItEnds">What is to be done by the time that the next question may come.</param>
    public async Task RunAsync(RunningAnswer answer, Func<Task> beforeItEnds)
    {
        AnswerReceipt receipt;
        using (var beating = new CancellationTokenSource())
        {
            var heartbeat = store.BeatAsync(answer, beating.Token);
            receipt = await writer.WriteAsync(answer);
            await beforeItEnds();
            await beating.CancelAsync();
            await heartbeat;
        }

        // A lost row has another writer or none; whoever took it tells the readers.
        if (answer.Ending != AnswerEnding.Lost && await store.FinishAsync(answer, receipt))
        {
            live.Publish(answer.Order.PersonId, ChatEvents.Of(ChatEvents.Done, answer.Order.ConversationId, answer.Order.MessageId));
        }
    }
}
