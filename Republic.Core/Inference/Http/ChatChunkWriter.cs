using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Republic.Core.Inference.Generation;

namespace Republic.Core.Inference.Http;

/// <summary>
/// Writes the events of a streamed answer. What is the same in every chunk is encoded once, and a piece goes from the
/// model's bytes to the pipe without becoming a string.
/// </summary>
internal sealed class ChatChunkWriter(PipeWriter pipe, AnswerHead head)
{
    private readonly byte[] before = Encoding.UTF8.GetBytes(
        $"data: {head.Json("chat.completion.chunk")},\"choices\":[{{\"index\":0,\"delta\":"
    );

    public void Role()
    {
        Raw("{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]"u8);
        Text($"{head.HistoryJson}}}\n\n");
    }

    public void Piece(ReadOnlySpan<byte> utf8)
    {
        pipe.Write(before);
        pipe.Write("{\"content\":\""u8);
        var encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        while (!utf8.IsEmpty)
        {
            var room = pipe.GetSpan((utf8.Length * 6) + 16);
            encoder.EncodeUtf8(utf8, room, out var consumed, out var written);
            pipe.Advance(written);
            utf8 = utf8[consumed..];
        }

        pipe.Write("\"},\"finish_reason\":null}]}\n\n"u8);
    }

    public void End(GenerationJob job, bool usageApart)
    {
        var usage = JsonSerializer.Serialize(AnswerUsage.Of(job), HostJson.Options);
        var timings = JsonSerializer.Serialize(AnswerTimings.Of(job), HostJson.Options);
        Raw(Encoding.UTF8.GetBytes($"{{}},\"finish_reason\":\"{job.FinishReason}\"}}]"));
        if (usageApart)
        {
            Text($"}}\n\ndata: {head.Json("chat.completion.chunk")},\"choices\":[]");
        }

        Text($",\"usage\":{usage},\"timings\":{timings}}}\n\ndata: [DONE]\n\n");
    }

    public void Error(OpenAiError error) => Text($"data: {{\"error\":{JsonSerializer.Serialize(error, HostJson.Options)}}}\n\n");

    private void Raw(ReadOnlySpan<byte> rest)
    {
        pipe.Write(before);
        pipe.Write(rest);
    }

    private void Text(string text) => pipe.Write(Encoding.UTF8.GetBytes(text));
}
