using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Republic.Core.Inference.Answers;
using Republic.Core.Inference.Generation;

namespace Republic.Core.Inference.Http;

/// <summary>
/// Writes the events of a streamed answer. What is the same in every chunk is encoded once, and a piece goes from the
/// model's bytes to the pipe without becoming a string.
/// </summary>
/// <param name="count">How many answers there are.</param>
internal sealed class ChatChunkWriter(PipeWriter pipe, AnswerHead head, int count)
{
    private readonly byte[][] before =
    [
        .. Enumerable
            .Range(0, count)
            .Select(index =>
                Encoding.UTF8.GetBytes($"data: {head.Json("chat.completion.chunk")},\"choices\":[{{\"index\":{index},\"delta\":")
            ),
    ];

    public void Roles()
    {
        for (var index = 0; index < count; index++)
        {
            Raw(index, "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":null}]"u8);
            Text($"{(index == 0 ? head.HistoryJson : "")}}}\n\n");
        }
    }

    public void Write(int index, ChoicePart part)
    {
        if (part.Call is { } call)
        {
            Raw(index, Encoding.UTF8.GetBytes($"{{\"tool_calls\":[{CallJson.Piece(call)}]}}"));
        }
        else
        {
            Raw(index, "{\"content\":\""u8);
            Escaped(part.Words);
            pipe.Write("\"}"u8);
        }

        if (part.Tokens.Count > 0)
        {
            Text($",\"logprobs\":{LikelihoodsJson.Of(part.Tokens)},\"finish_reason\":null}}]}}\n\n");
        }
        else
        {
            pipe.Write(",\"logprobs\":null,\"finish_reason\":null}]}\n\n"u8);
        }
    }

    public void End(IReadOnlyList<AnswerChoice> choices, bool usageApart)
    {
        List<GenerationJob> jobs = [.. choices.Select(choice => choice.Job)];
        var figures =
            $",\"usage\":{JsonSerializer.Serialize(AnswerUsage.Of(jobs), HostJson.Options)},\"timings\":{JsonSerializer.Serialize(AnswerTimings.Of(jobs), HostJson.Options)}";
        foreach (var choice in choices)
        {
            Raw(choice.Index, Encoding.UTF8.GetBytes($"{{}},\"logprobs\":null,\"finish_reason\":\"{choice.FinishReason}\"}}]"));
            Text(usageApart || choice.Index < count - 1 ? "}\n\n" : $"{figures}}}\n\n");
        }

        Text($"{(usageApart ? $"data: {head.Json("chat.completion.chunk")},\"choices\":[]{figures}}}\n\n" : "")}data: [DONE]\n\n");
    }

    public void Error(OpenAiError error) => Text($"data: {{\"error\":{JsonSerializer.Serialize(error, HostJson.Options)}}}\n\n");

    private void Escaped(ReadOnlySpan<byte> utf8)
    {
        var encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        while (!utf8.IsEmpty)
        {
            var space = pipe.GetSpan((utf8.Length * 6) + 16);
            encoder.EncodeUtf8(utf8, space, out var consumed, out var written);
            pipe.Advance(written);
            utf8 = utf8[consumed..];
        }
    }

    private void Raw(int index, ReadOnlySpan<byte> rest)
    {
        pipe.Write(before[index]);
        pipe.Write(rest);
    }

    private void Text(string text) => pipe.Write(Encoding.UTF8.GetBytes(text));
}
