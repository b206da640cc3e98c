using Microsoft.Extensions.Logging;
using Republic.Core.Chats.Feeds;
using Republic.Core.Chats.Messages;
using Republic.Core.Events;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Chats.Answers;

/// <summary>Writes one answer from beginning to end: read what is needed, call the model, stream, save. No page needs to be open.</summary>
internal sealed class ChatTurn(
    AnswerHistory history,
    AnswerStore store,
    AnswerWriter writer,
    LiveEvents live,
    TimeProvider time,
    ILogger<ChatTurn> log
)
{
    /// <param name="beforeItEnds">What is to be done by the time that the next question may come.</param>
    public async Task RunAsync(RunningAnswer answer, Func<Task> beforeItEnds)
    {
        AnswerReceipt receipt;
        using (var beating = new CancellationTokenSource())
        {
            var heartbeat = store.BeatAsync(answer, beating.Token);
            receipt = await WriteAsync(answer);
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

    private async Task<AnswerReceipt> WriteAsync(RunningAnswer answer)
    {
        var meter = new AnswerMeter(time);
        try
        {
            var prompt = await history.LoadAsync(answer.Order, answer.Token);
            if (!prompt.Ok)
            {
                return meter.Receipt(MessageState.Failed, prompt.Failure.Message);
            }

            if (await writer.WriteAsync(answer, prompt.Value, meter) is { } failure)
            {
                return meter.Receipt(MessageState.Failed, failure.Message);
            }

            return answer.Text.Length > 0
                ? meter.Receipt(MessageState.Complete)
                : meter.Receipt(
                    MessageState.Failed,
                    $"{prompt.Value.Route.First?.Provider.DisplayName} ended the answer without a word. Answer again, or ask in other words."
                );
        }
        catch (OperationCanceledException) when (answer.Token.IsCancellationRequested)
        {
            return answer.Ending == AnswerEnding.Stopped
                ? meter.Receipt(MessageState.Stopped)
                : meter.Receipt(
                    MessageState.Interrupted,
                    "Republic was shut down while this was written. What came is kept; answer again for the whole."
                );
        }
        catch (ProviderException e)
        {
            var cutOff = answer.Text.Length > 0 || e.Kind == ProviderErrorKind.Interrupted;
            return meter.Receipt(cutOff ? MessageState.Interrupted : MessageState.Failed, e.Message);
        }
        catch (Exception e)
        {
            log.LogError(e, "Answer {Message} failed", answer.Order.MessageId);
            return meter.Receipt(
                MessageState.Failed,
                "Something went wrong inside Republic, not with what you wrote. The log has the details. Answer again to retry."
            );
        }
    }
}
