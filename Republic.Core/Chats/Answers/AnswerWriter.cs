using Republic.Core.Answering;
using Republic.Core.Answering.Traces;
using Republic.Core.Chats.Feeds;
using Republic.Core.Chats.Messages;
using Republic.Core.Events;
using Republic.Core.Providers;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Chats.Answers;

/// <summary>Takes an answer through its stages, and streams what comes of them.</summary>
internal sealed class AnswerWriter(AnswerPipeline pipeline, ModelRouter router, LiveEvents live)
{
    /// <returns>Why there is no answer, where no stage could give one.</returns>
    public async Task<Failure?> WriteAsync(RunningAnswer answer, AnswerPrompt prompt, AnswerMeter meter)
    {
        var prepared = await pipeline.PrepareAsync(prompt.Order, trace => Tell(answer, trace, meter), answer.Token);
        if (!prepared.Ok)
        {
            return prepared.Failure;
        }

        if (prepared.Value.Trace is { } trace)
        {
            Tell(answer, trace, meter);
        }

        if (prepared.Value.Text is { } text)
        {
            router.CountUnasked(prompt.Route);
            meter.Finished();
            Add(answer, text, meter);
        }
        else
        {
            await AskAsync(answer, prompt.With(prepared.Value), meter);
        }

        return null;
    }

    private void Tell(RunningAnswer answer, AnswerTrace stages, AnswerMeter meter)
    {
        meter.Passed(stages);
        answer.Trace = stages;
        var told = new AnswerStages(answer.Order.MessageId, stages.Passages.Count);
        live.Publish(answer.Order.PersonId, ChatEvents.Of(answer.Order.ConversationId, told));
    }

    private async Task AskAsync(RunningAnswer answer, AnswerPrompt prompt, AnswerMeter meter)
    {
        while (true)
        {
            meter.Calls(prompt);
            try
            {
                await StreamAsync(answer, prompt, meter);
                return;
            }
            catch (ProviderException e)
                when (e.Kind == ProviderErrorKind.ContextTooLong && answer.Text.Length == 0 && prompt.Shorter() is not null)
            {
                prompt = prompt.Shorter()!;
                if (prompt.Prepared?.Trace is { } fewer)
                {
                    Tell(answer, fewer, meter);
                }
            }
            catch (ProviderException e) when (answer.Text.Length == 0 && prompt.Prepared?.WithoutModel(e.Message) is not null)
            {
                // A stage that fails is passed over, and said: what the others found is there.
                meter.Missed(e.Message);
                Add(answer, prompt.Prepared!.WithoutModel(e.Message)!, meter);
                return;
            }
        }
    }

    private async Task StreamAsync(RunningAnswer answer, AnswerPrompt prompt, AnswerMeter meter)
    {
        using var client = router.ChatClient(prompt.Route);
        meter.Asks(client);
        await foreach (var update in client.GetStreamingResponseAsync(prompt.Messages, prompt.Options, answer.Token))
        {
            meter.Saw(update);
            if (update.Text.Length > 0 && !Add(answer, update.Text, meter))
            {
                return;
            }
        }
    }

    /// <summary>False when no more is taken.</summary>
    private bool Add(RunningAnswer answer, string text, AnswerMeter meter)
    {
        var (offset, added) = answer.Text.Append(text);
        if (added.Length > 0)
        {
            meter.SawText();
            live.Publish(
                answer.Order.PersonId,
                ChatEvents.Of(answer.Order.ConversationId, new AnswerDelta(answer.Order.MessageId, offset, added))
            );
            return true;
        }

        return offset + 2 <= AnswerText.MaxLength;
    }
}
