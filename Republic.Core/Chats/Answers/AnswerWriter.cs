using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Republic.Core.Answering;
using Republic.Core.Answering.Clients;
using Republic.Core.Answering.Traces;
using Republic.Core.Chats.Feeds;
using Republic.Core.Events;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Chats.Answers;

/// <summary>Asks the minion, and streams the answer to those who watch the chat, stage by stage and piece by piece.</summary>
internal sealed class AnswerWriter(
    PromptLoader prompts,
    MinionClients minions,
    LiveEvents live,
    TimeProvider time,
    ILogger<AnswerWriter> log
)
{
    public async Task<AnswerReceipt> WriteAsync(RunningAnswer answer)
    {
        var started = time.GetTimestamp();
        ReceiptClient? receipts = null;
        try
        {
            var loaded = await prompts.LoadAsync(answer.Order, answer.Token);
            if (!loaded.Ok)
            {
                return Receipt(AnswerEnd.Failed, loaded.Failure.Message);
            }

            var prompt = loaded.Value;
            using var client = minions.Client(prompt.Call with { StartedAt = started });
            receipts = client.GetRequiredService<ReceiptClient>();
            await StreamAsync(answer, prompt, client);
            return answer.Text.Length > 0
                ? Receipt(AnswerEnd.Complete)
                : Receipt(
                    AnswerEnd.Failed,
                    $"{prompt.Call.Route.First?.Provider.DisplayName} ended the answer without a word. Answer again, or ask in other words."
                );
        }
        catch (OperationCanceledException) when (answer.Token.IsCancellationRequested)
        {
            return answer.Ending == AnswerEnding.Stopped
                ? Receipt(AnswerEnd.Stopped)
                : Receipt(
                    AnswerEnd.Interrupted,
                    "Republic was shut down while this was written. What came is kept; answer again for the whole."
                );
        }
        catch (AnswerException e)
        {
            return Receipt(AnswerEnd.Failed, e.Message);
        }
        catch (ProviderException e)
        {
            var cutOff = answer.Text.Length > 0 || e.Kind == ProviderErrorKind.Interrupted;
            return Receipt(cutOff ? AnswerEnd.Interrupted : AnswerEnd.Failed, e.Message);
        }
        catch (Exception e)
        {
            log.LogError(e, "Answer {Message} failed", answer.Order.MessageId);
            return Receipt(
                AnswerEnd.Failed,
                "Something went wrong inside Republic, not with what you wrote. The log has the details. Answer again to retry."
            );
        }

        AnswerReceipt Receipt(AnswerEnd end, string? error = null) =>
            receipts?.Receipt(end, error)
            ?? new AnswerReceipt(end, error) { Cost = 0, DurationMs = time.GetElapsedTime(started).TotalMilliseconds };
    }

    private async Task StreamAsync(RunningAnswer answer, ChatPrompt prompt, IChatClient client)
    {
        await foreach (var update in client.GetStreamingResponseAsync(prompt.Turns, prompt.Options, answer.Token))
        {
            foreach (var stages in update.Contents.OfType<StageContent>())
            {
                Show(answer, stages.Trace);
            }

            if (update.Text.Length > 0 && !Add(answer, update.Text))
            {
                return;
            }
        }
    }

    private void Show(RunningAnswer answer, AnswerTrace trace)
    {
        answer.Trace = trace;
        var stages = new AnswerStages(answer.Order.MessageId, trace.Passages.Count);
        live.Publish(answer.Order.PersonId, ChatEvents.Of(answer.Order.ConversationId, stages));
    }

    /// <summary>False when no more is taken.</summary>
    private bool Add(RunningAnswer answer, string text)
    {
        var (offset, added) = answer.Text.Append(text);
        if (added.Length == 0)
        {
            return offset + 2 <= AnswerText.MaxLength;
        }

        var delta = new AnswerDelta(answer.Order.MessageId, offset, added);
        live.Publish(answer.Order.PersonId, ChatEvents.Of(answer.Order.ConversationId, delta));
        return true;
    }
}
