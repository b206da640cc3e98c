using System.Text.Json;
using Republic.Core.Answering.Traces;
using Republic.Core.Minions;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Routing;

namespace Republic.Web.Api.OpenAi;

/// <summary>An answer that is there before a model was asked, in the shape that OpenAI's clients read. It took no tokens.</summary>
internal static class OpenAiFinished
{
    private static readonly object NoTokens = new
    {
        prompt_tokens = 0,
        completion_tokens = 0,
        total_tokens = 0,
    };

    public static async Task WriteAsync(
        HttpContext context,
        Minion minion,
        (string Text, AnswerTrace Trace) answer,
        OpenAiRelayRequest request,
        DateTimeOffset now
    )
    {
        var kind = request.Stream ? "chat.completion.chunk" : "chat.completion";
        var frame = new Dictionary<string, object?>
        {
            ["id"] = $"chatcmpl-{Guid.CreateVersion7():N}",
            ["object"] = kind,
            ["created"] = now.ToUnixTimeSeconds(),
            ["model"] = minion.ModelId,
        };
        var stages = new RouteReceipt { Attempts = answer.Trace.Attempts };
        OpenAiRelay.Receipt(context.Response.Headers, minion.Provider, minion.ModelId, OpenAiRelay.Text(Bill.Nothing, stages), stages.Sent);
        if (request.Stream)
        {
            await StreamAsync(context, answer, frame, request.WantsUsage);
            return;
        }

        frame["choices"] = new[] { Choice("message", Said(answer.Text), "stop") };
        frame["usage"] = NoTokens;
        await OpenAiRelay.WriteWholeAsync(
            context,
            OpenAiCitations.AddedTo(JsonSerializer.SerializeToUtf8Bytes(frame), answer.Trace.Passages)
        );
    }

    private static async Task StreamAsync(
        HttpContext context,
        (string Text, AnswerTrace Trace) answer,
        Dictionary<string, object?> frame,
        bool? wantsUsage
    )
    {
        var (body, ct) = (context.Response.Body, context.RequestAborted);
        var end = new OpenAiStreamEnd(wantsUsage, OpenAiCitations.Json(answer.Trace.Passages));
        OpenAiRelay.BeginStream(context.Response);
        await body.WriteAsync(end.Take(Line("delta", Said(answer.Text), null)), ct);
        frame["usage"] = NoTokens;
        await body.WriteAsync(end.Take(Line("delta", new { }, "stop")), ct);
        await body.WriteAsync(end.End(), ct);
        await body.WriteAsync(OpenAiRelay.Done, ct);

        byte[] Line(string name, object said, string? finish)
        {
            frame["choices"] = new[] { Choice(name, said, finish) };
            return [.. "data: "u8, .. JsonSerializer.SerializeToUtf8Bytes(frame), .. "\n\n"u8];
        }
    }

    private static object Said(string text) =>
        new
        {
            role = "assistant",
            content = text,
            refusal = (string?)null,
        };

    private static object Choice(string name, object said, string? finish) =>
        new Dictionary<string, object?>
        {
            ["index"] = 0,
            [name] = said,
            ["logprobs"] = null,
            ["finish_reason"] = finish,
        };
}
