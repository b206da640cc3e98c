using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Republic.Core.Answering.Stages;
using Republic.Core.Answering.Traces;
using Republic.Core.Providers;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Answering.Clients;

/// <summary>
/// The last stage before the model: answers from what the others found where the model is of no use, and else gives it to the model beside
/// the question. Where that is too long, the model is asked again with less.
/// </summary>
internal sealed class GroundingClient(IChatClient inner, AnswerContext context, MemoryStage memory) : StageClient(inner, context)
{
    protected override async Task<string?> RunAsync(PipelineOrder order, CancellationToken ct)
    {
        if (Context.Trace is null)
        {
            return null;
        }

        var text = Settled(order, Context.Draft!, Context.Found!);
        if (text is null && !Context.IsBuiltIn)
        {
            Context.Give(Context.Reminder.Memories);
        }

        await memory.CountAsync(Context.Given, ct);
        return text;
    }

    protected override async Task<ChatResponse> NextAsync(IReadOnlyList<ChatMessage> turns, ChatOptions? options, CancellationToken ct)
    {
        for (var prompt = First(turns, options); ; )
        {
            Context.Ask(prompt);
            try
            {
                return await InnerClient.GetResponseAsync(prompt.Messages, prompt.Options, ct);
            }
            catch (ProviderException error) when (Shorter(prompt, error) is { } shorter)
            {
                prompt = shorter;
            }
            catch (ProviderException error) when (WithoutModel(prompt, error) is { } text)
            {
                Context.Missed = error.Message;
                return Settled(text);
            }
        }
    }

    protected override async IAsyncEnumerable<ChatResponseUpdate> NextStreamAsync(
        IReadOnlyList<ChatMessage> turns,
        ChatOptions? options,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        for (var prompt = First(turns, options); prompt is not null; )
        {
            Context.Ask(prompt);
            var (next, text) = ((Prompt?)null, (string?)null);
            await using var updates = InnerClient.GetStreamingResponseAsync(prompt.Messages, prompt.Options, ct).GetAsyncEnumerator(ct);
            for (var hasText = false; ; )
            {
                try
                {
                    if (!await updates.MoveNextAsync())
                    {
                        break;
                    }
                }
                catch (ProviderException error) when (!hasText && Shorter(prompt, error) is { } shorter)
                {
                    next = shorter;
                    break;
                }
                catch (ProviderException error) when (!hasText && WithoutModel(prompt, error) is { } found)
                {
                    (Context.Missed, text) = (error.Message, found);
                    break;
                }

                hasText |= updates.Current.Text.Length > 0;
                yield return updates.Current;
            }

            if (text is not null)
            {
                yield return Settled(text).ToChatResponseUpdates()[0];
            }
            else if (next is { Grounded.Trace: { } fewer })
            {
                yield return new ChatResponseUpdate { Contents = [new StageContent(fewer)] };
            }

            prompt = next;
        }
    }

    private string? Settled(PipelineOrder order, StyleDraft draft, FoundPassages found)
    {
        if (Context.IsBuiltIn && Quoted(order, found) is { } quoted)
        {
            return quoted;
        }

        // A tool may know what no document says.
        if (found.IsUnknown && !order.Pipeline.AnswersWithoutPassages && order.Call.Tools is null && !IsTold(order))
        {
            return Context.Settle(
                $"I do not know. I found nothing about this in {KnowledgeStage.Names(Context.Collections)}.",
                "Nothing was found, so no model was asked."
            );
        }

        // Where the own model runs here, style and generation are one stage, and there is no draft to answer with.
        if (order.Pipeline.Generation || Context.RunsHere)
        {
            return null;
        }

        if (draft.Text is null)
        {
            throw new AnswerException(
                Failure.Conflict(
                    $"Generation is switched off for {order.Name}, and its style could not answer: {draft.Stage.Reason} Switch generation on under Knowledge on {order.Name}’s page."
                )
            );
        }

        return Context.Settle(
            found.Passages.Count == 0 ? draft.Text : $"{draft.Text}\n\n{Quotes.From(found.Passages, found.Stage.Query!)}",
            "Switched off: the draft is the answer."
        );
    }

    /// <summary>
    /// The answer of a model that reads neither memories nor documents: what fits the question best of both, and of one alone where the other
    /// is about less. What is left out was not given to the answer.
    /// </summary>
    private string? Quoted(PipelineOrder order, FoundPassages found)
    {
        var told = Recollection.Of(Context.Reminder.Memories, order.Question);
        if (found.Passages.Count == 0)
        {
            return told is null ? null : Quoted(told);
        }

        if (told?.IsBetterThan(found) == true)
        {
            Context.Use([]);
            Context.Add(found.Stage.Because("What you told fits the question better, so the answer was given no passage."));
            return Quoted(told);
        }

        var quotes = Quotes.From(found.Passages, found.Stage.Query!);
        if (told?.GoesWith(found) == true)
        {
            Context.Give(told.Memories, told.Source);
            return Context.Settle(
                $"{told.Text}\n\n{quotes}",
                "The built-in model reads neither memories nor documents, so both are quoted and no model was asked."
            );
        }

        if (told is not null)
        {
            Context.Add(Context.Reminder.Stage!.Because("The documents fit the question better, so the answer was given no memory."));
        }

        return Context.Settle(
            quotes,
            "The built-in model cannot read documents, so their best sentences are quoted and no model was asked."
        );
    }

    private string Quoted(Recollection told)
    {
        Context.Give(told.Memories, told.Source);
        return Context.Settle(told.Text, "The built-in model cannot make use of memories, so they are quoted and no model was asked.");
    }

    /// <summary>The answer may be in what the person told, in this chat or before.</summary>
    private bool IsTold(PipelineOrder order) =>
        Context.Reminder.Memories.Any(known => known.Fits) || (!Context.IsBuiltIn && SaidBefore.MayAnswer(order));

    private Prompt First(IReadOnlyList<ChatMessage> turns, ChatOptions? options)
    {
        var character = options?.Instructions ?? "";
        if (Context.Trace is not { } trace)
        {
            return new Prompt(turns, options ?? new ChatOptions(), Context.Call.Omitted, GroundedPrompt.Plain(character));
        }

        if (Context.Call.NeedsEveryStage && trace.Stages.FirstOrDefault(stage => stage.Status == StageStatus.Failed) is { } failed)
        {
            var message = $"The {failed.Name.ToString().ToLowerInvariant()} stage of an answer failed: {failed.Reason}";
            throw new AnswerException(Failure.Upstream(message) with { RetryAfter = Patience.After(1) });
        }

        var grounded = GroundedPrompt.Of(MemoryStage.Added(character, Context.Given), Context.Draft?.Text, trace);
        return new Prompt(turns, options ?? new ChatOptions(), Context.Call.Omitted, grounded);
    }

    private Prompt? Shorter(Prompt prompt, ProviderException error)
    {
        if (error.Kind != ProviderErrorKind.ContextTooLong || prompt.Shorter() is not { } shorter)
        {
            return null;
        }

        if (shorter.Grounded.Trace is { } fewer)
        {
            Context.Use(fewer.Passages);
        }

        return shorter;
    }

    /// <summary>
    /// An answer made of the stages' findings, for the minion's person; null for a measurement, which must not take it for the model's, and
    /// for a task, which it would not do.
    /// </summary>
    private string? WithoutModel(Prompt prompt, ProviderException error) =>
        Context.Call.Audience is AnswerAudience.Training or AnswerAudience.Task or AnswerAudience.Episode
            ? null
            : prompt.Grounded.WithoutModel(error.Message);
}
