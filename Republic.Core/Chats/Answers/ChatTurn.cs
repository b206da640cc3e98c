using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Republic.Core.Answering;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Messages;

namespace Republic.Core.Chats.Answers;

/// <summary>
/// One answer from its pending row to its saved end. No page needs to be open. It is no job, whose queue would delay its first word: the
/// heartbeat in its row tells a living writer from a dead one.
/// </summary>
internal sealed class ChatTurn(
    TurnWriter writer,
    TurnStore<Message> store,
    AnswerCompletion completion,
    WaitingAnswers waiting,
    IOptions<ChatSettings> settings,
    IServiceProvider services
)
{
    public async Task RunAsync(RunningTurn turn, AnswerOrder order)
    {
        var sink = ActivatorUtilities.CreateInstance<ChatSink>(services, order);
        var receipt = await writer.WriteAsync(turn, sink, ct => store.GrowAsync(turn, run: null, ct), settings.Value.Heartbeat);
        if (receipt.End == AnswerEnd.Waiting)
        {
            if (await completion.WaitAsync(turn, receipt))
            {
                await waiting.BeginAsync(order);
                return;
            }

            var cancelled = turn.Cancellation ?? TurnCancellation.Lost;
            receipt = receipt with { End = cancelled.End, Error = cancelled.Why };
        }

        // Also of an answer whose writer was taken for gone: what it took is kept.
        if (await completion.EndAsync(turn, order, receipt))
        {
            sink.Ended();
        }
    }
}
