using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Republic.Core.Inference.Answers;
using Republic.Core.Inference.Generation;
using Republic.Core.Inference.Pool;
using Republic.Core.Llama.Native;
using Republic.Core.Llama.Native.Sampling;

namespace Republic.Core.Inference.Http;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal sealed class ChatEndpoint(ModelPool pool, TimeProvider time)
{
    public async Task AnswerAsync(HttpContext http)
    {
        var request = await RequestBody.ReadAsync<ChatRequest>(http);
        var lines = ChatRequestReader.Lines(request);
        var adapters = ChatRequestReader.Adapters(request);
        using var lease = await pool.TakeAsync(RequestBody.Model(request.Model), request.Installed, adapters, http.RequestAborted);
        // Waiting in the queue or generating, the jobs end when the client goes.
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var begun = ChatRequestReader.Begun(request);
        var (choices, history) = Begin(lease, request, lines, gone.Token);
        var head = new AnswerHead(
            begun?.Id ?? $"chatcmpl-{Guid.CreateVersion7():N}",
            begun?.Created ?? time.GetUtcNow().ToUnixTimeSeconds(),
            request.Model!,
            history
        );
        try
        {
            await SubmitAsync(lease.Model, choices, gone.Token);
            await (
                request.Stream == true
                    ? ChatStream.WriteAsync(http, choices, head, request.StreamOptions?.IncludeUsage == true, begun is not null)
                    : ChatWholeAnswer.WriteAsync(http, choices, head)
            );
        }
        finally
        {
            // However the response ended, the slots are not held any longer.
            await gone.CancelAsync();
        }
    }

    private static (IReadOnlyList<AnswerChoice>, HistoryUsage?) Begin(
        ModelLease lease,
        ChatRequest request,
        IReadOnlyList<ChatLine> lines,
        CancellationToken ct
    )
    {
        var model = lease.Model;
        using var working = model.Working(AdapterSet.None);
        var tools = ToolReader.Of(request);
        var format = AnswerFormatReader.Of(request, tools, model.Weights.Template.Calls, model.Grammars);
        var begun = ChatRequestReader.Begun(request);
        if (ChatRequestReader.Likelihoods(request) is not null || !format.IsFree)
        {
            // Made here, where nobody else waits for it.
            _ = model.Weights.Tokens;
        }

        // What is put in the place of a name may not be what a format asks for.
        var standIn = format.IsFree ? StandIn.For(model.Weights, lines) : null;
        var prompt = AnswerPrompt.Of(
            model,
            request,
            standIn?.In(lines) ?? lines,
            tools is null ? null : (JsonArray)request.Tools!,
            // With the name that the model has given itself so far.
            begun is null
                ? null
                : standIn?.In([.. lines, new ChatLine("assistant", begun.Text!)])[^1].Content ?? begun.Text,
            ct
        );
        return ([.. Enumerable.Range(0, ChatRequestReader.Answers(request)).Select(Choice)], prompt.History);

        AnswerChoice Choice(int index)
        {
            var job = new GenerationJob(
                prompt.Tokens,
                Math.Max(1, ChatRequestReader.MaxTokens(request) - prompt.Continued),
                Sampling(request, model, index),
                ChatRequestReader.Stops(request),
                lease.Adapters,
                ct
            )
            {
                Continued = prompt.Continued,
                ContinuedTime = TimeSpan.FromMilliseconds(begun?.Ms ?? 0),
                IsOver = begun is not null && ChatRequestReader.MaxTokens(request) <= prompt.Continued,
                Constraint = format.Constraint(model.Weights, Encoding.UTF8.GetBytes(begun?.Text ?? "")),
                Likelihoods = ChatRequestReader.Likelihoods(request),
            };
            var reader = format.Reader();
            _ = reader?.Read(begun?.Text ?? "").Count();
            return new AnswerChoice(index, job, index == 0 || standIn is null ? standIn : StandIn.For(model.Weights, lines), reader);
        }
    }

    /// <summary>Of one seed all answers would be the same.</summary>
    private static SamplingSettings Sampling(ChatRequest request, LoadedModel model, int index)
    {
        var sampling = ChatRequestReader.Sampling(request, model.Sampling, model.Weights.VocabularySize);
        return sampling.Seed == uint.MaxValue ? sampling : sampling with { Seed = (sampling.Seed + (uint)index) % uint.MaxValue };
    }

    private static async Task SubmitAsync(LoadedModel model, IReadOnlyList<AnswerChoice> choices, CancellationToken ct)
    {
        foreach (var choice in choices)
        {
            Submit(model, choice.Job);
            if (choices.Count > 1 && choice.Index == 0)
            {
                // The others go on from what it has read.
                await choice.Job.Reading.WaitAsync(ct);
            }
        }
    }

    private static void Submit(LoadedModel model, GenerationJob job)
    {
        var generator = model.Generator;
        if (job.Prompt.Length == 0)
        {
            throw RequestRefusedException.BadField("messages", "messages holds nothing that the model could answer.");
        }

        var isFull = job.Prompt.Length >= generator.ContextLength;
        if (job.Continued > 0 && (isFull || job.IsOver))
        {
            job.FinishUnread();
            return;
        }

        if (isFull)
        {
            throw RequestRefusedException.TooLong("messages", job.Prompt.Length, generator.ContextLength - 1);
        }

        if (!generator.TrySubmit(job))
        {
            throw RequestRefusedException.Busy(generator.Waiting);
        }
    }
}
