using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Republic.Core.Inference.Generation;
using Republic.Core.Inference.Pool;
using Republic.Core.Llama.Native;

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
        var model = lease.Model;
        // Waiting in the queue or generating, the job ends when the client goes.
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var begun = ChatRequestReader.Begun(request);
        var (job, standIn, history) = Begin(lease, request, lines, gone.Token);
        var head = new AnswerHead(
            begun?.Id ?? $"chatcmpl-{Guid.CreateVersion7():N}",
            begun?.Created ?? time.GetUtcNow().ToUnixTimeSeconds(),
            request.Model!,
            history
        );
        try
        {
            if (request.Stream == true)
            {
                await StreamAsync(
                    http,
                    job,
                    standIn,
                    new ChatChunkWriter(http.Response.BodyWriter, head),
                    (request.StreamOptions?.IncludeUsage == true, begun is not null)
                );
            }
            else
            {
                await WriteWholeAsync(http, job, standIn, head);
            }
        }
        finally
        {
            // However the response ended, the slot is not held any longer.
            await gone.CancelAsync();
        }
    }

    private static (GenerationJob, StandIn?, HistoryUsage?) Begin(
        ModelLease lease,
        ChatRequest request,
        IReadOnlyList<ChatLine> lines,
        CancellationToken ct
    )
    {
        using var working = lease.Model.Working(AdapterSet.None);
        var (weights, length) = (lease.Model.Weights, lease.Model.AnswersWellUpTo);
        var standIn = StandIn.For(weights, lines);
        var prompt = Fitted(lease.Model, standIn?.In(lines) ?? lines, request.WholeHistory == true ? null : length, ct);
        var begun = ChatRequestReader.Begun(request);
        var tokens = begun is null ? prompt.Tokens : ChatTemplate.Tokens(weights, prompt.Lines, Read(begun.Text!), ct);
        // Read anew, a text may have a few tokens less than it was written with, and what went on at random goes on otherwise.
        var continued = Math.Max(0, tokens.Length - prompt.Tokens.Length);
        var most = ChatRequestReader.MaxTokens(request) - continued;
        var job = new GenerationJob(
            tokens,
            Math.Max(1, most),
            ChatRequestReader.Sampling(request, lease.Model.Sampling),
            ChatRequestReader.Stops(request),
            lease.Adapters,
            ct
        )
        {
            Continued = continued,
            ContinuedTime = TimeSpan.FromMilliseconds(begun?.Ms ?? 0),
        };
        if (begun is not null && (most <= 0 || tokens.Length >= lease.Model.Generator.ContextLength))
        {
            job.FinishUnread();
        }
        else
        {
            Submit(lease.Model, job);
        }

        var isLong = prompt.Omitted > 0 || prompt.Tokens.Length > length;
        return (job, standIn, isLong ? new HistoryUsage(length!.Value, prompt.Tokens.Length, prompt.Omitted) : null);

        // With the name that the model has given itself so far.
        string Read(string text) => standIn?.In([.. lines, new ChatLine("assistant", text)])[^1].Content ?? text;
    }

    private static FittedPrompt Fitted(LoadedModel model, IReadOnlyList<ChatLine> lines, int? length, CancellationToken ct)
    {
        var context = model.Generator.ContextLength;
        var certain = FittedPrompt.Least(lines, length, Least);
        return certain < context
            ? FittedPrompt.Of(lines, length, Least, kept => ChatTemplate.Tokens(model.Weights, kept, ct: ct))
            : throw RequestRefusedException.TooLong("messages", certain, context - 1, isLeast: true);

        int Least(ChatLine line) => ChatTemplate.LeastTokens(model.Weights, line);
    }

    private static void Submit(LoadedModel model, GenerationJob job)
    {
        var generator = model.Generator;
        if (job.Prompt.Length == 0)
        {
            throw RequestRefusedException.BadField("messages", "messages holds nothing that the model could answer.");
        }

        if (job.Prompt.Length >= generator.ContextLength)
        {
            throw RequestRefusedException.TooLong("messages", job.Prompt.Length, generator.ContextLength - 1);
        }

        if (!generator.TrySubmit(job))
        {
            throw RequestRefusedException.Busy(generator.Waiting);
        }
    }

    private static async Task StreamAsync(
        HttpContext http,
        GenerationJob job,
        StandIn? standIn,
        ChatChunkWriter writer,
        (bool UsageApart, bool IsBegun) how
    )
    {
        var pipe = http.Response.BodyWriter;
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        if (!how.IsBegun)
        {
            writer.Role();
        }

        await pipe.FlushAsync(http.RequestAborted);
        try
        {
            while (await job.Pieces.WaitToReadAsync(http.RequestAborted))
            {
                while (job.Pieces.TryRead(out var piece))
                {
                    Write(standIn is null ? piece : Encoding.UTF8.GetBytes(standIn.Shown(Encoding.UTF8.GetString(piece))));
                }

                await pipe.FlushAsync(http.RequestAborted);
            }

            Write(Encoding.UTF8.GetBytes(standIn?.Rest() ?? ""));
            writer.End(job, how.UsageApart);
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidDataException)
        {
            // The answer has begun, so that the error can only come in the stream.
            writer.Error(new OpenAiError(e.Message, "server_error", "generation_failed"));
        }
        catch (DeviceMemoryException e)
        {
            writer.Error(OpenAiError.NoMemory(e));
        }

        await pipe.FlushAsync(http.RequestAborted);

        void Write(byte[] utf8)
        {
            if (utf8.Length > 0)
            {
                writer.Piece(utf8);
            }
        }
    }

    private static async Task WriteWholeAsync(HttpContext http, GenerationJob job, StandIn? standIn, AnswerHead head)
    {
        var text = new StringBuilder();
        await foreach (var piece in job.Pieces.ReadAllAsync(http.RequestAborted))
        {
            text.Append(Encoding.UTF8.GetString(piece));
        }

        var content = JsonSerializer.Serialize(
            standIn is null ? text.ToString() : standIn.Shown(text.ToString()) + standIn.Rest(),
            HostJson.Options
        );
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(
            $"{head.Json("chat.completion")},\"choices\":[{{\"index\":0,\"message\":{{\"role\":\"assistant\",\"content\":{content}}},"
                + $"\"finish_reason\":\"{job.FinishReason}\"}}],\"usage\":{JsonSerializer.Serialize(AnswerUsage.Of(job), HostJson.Options)},"
                + $"\"timings\":{JsonSerializer.Serialize(AnswerTimings.Of(job), HostJson.Options)}{head.HistoryJson}}}",
            http.RequestAborted
        );
    }
}
