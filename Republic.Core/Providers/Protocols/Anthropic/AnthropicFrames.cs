using System.Buffers;
using System.Text.Json;
using Republic.Core.Providers.Protocols.OpenAi;

namespace Republic.Core.Providers.Protocols.Anthropic;

/// <summary>Turns the events of a streamed message into chat-completion frames, each as it comes.</summary>
internal sealed class AnthropicFrames(ModelTarget target, long created)
{
    private readonly ArrayBufferWriter<byte> frames = new(1024);
    private readonly Dictionary<long, Call> calls = [];
    private string id = "";
    private string model = target.ModelId;
    private readonly AnthropicUsage usage = new();
    private bool hasSpoken;
    private bool hasReason;
    private bool isCounted;

    private delegate void WriteDelta(Utf8JsonWriter json);

    /// <summary>What the events so far gave; valid until the next call of <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => frames.WrittenMemory;

    public void Clear() => frames.ResetWrittenCount();

    public void Turn(ReadOnlyMemory<byte> data)
    {
        if (data.Span.SequenceEqual("[DONE]"u8))
        {
            return;
        }

        using var json = OpenAiAnswer.Parse(target, data);
        var root = json.RootElement;
        if (OpenAiAnswer.IsError(root))
        {
            WriteError(root.GetProperty("error"));
            return;
        }

        switch (OpenAiAnswer.Member(root, "type"))
        {
            case "message_start" when Inner(root, "message") is { } message:
                id = OpenAiAnswer.Member(message, "id") ?? id;
                model = OpenAiAnswer.Member(message, "model") ?? model;
                usage.Take(message);
                break;
            case "content_block_start" when Inner(root, "content_block") is { } block:
                Start(OpenAiAnswer.Number(root, "index") ?? calls.Count, block);
                break;
            case "content_block_delta" when Inner(root, "delta") is { } delta:
                Go(OpenAiAnswer.Number(root, "index") ?? calls.Count - 1, delta);
                break;
            case "content_block_stop" when calls.TryGetValue(OpenAiAnswer.Number(root, "index") ?? calls.Count - 1, out var call):
                Stop(call);
                break;
            case "message_delta":
                usage.Take(root);
                if (Inner(root, "delta") is { } last && OpenAiAnswer.Member(last, "stop_reason") is { } reason)
                {
                    hasReason = true;
                    WriteFrame(static _ => { }, AnthropicAnswer.Reason(reason));
                }

                break;
            case "message_stop":
                WriteUsage();
                frames.Write("data: [DONE]\n\n"u8);
                break;
        }
    }

    /// <summary>To be called when no more comes: what was counted is told even where the last event is missing.</summary>
    public void End()
    {
        if (hasReason)
        {
            WriteUsage();
        }
    }

    private void Start(long index, JsonElement block)
    {
        switch (OpenAiAnswer.Member(block, "type"))
        {
            case "tool_use":
                var call = calls[index] = new Call(calls.Count);
                var (name, key) = (OpenAiAnswer.Member(block, "name") ?? "", OpenAiAnswer.Member(block, "id") ?? "");
                WriteCall(call, "", name, key);
                break;
            case "text":
                WriteText("content", OpenAiAnswer.Member(block, "text"));
                break;
            case "thinking":
                WriteText("reasoning_content", OpenAiAnswer.Member(block, "thinking"));
                break;
        }
    }

    private void Go(long index, JsonElement delta)
    {
        switch (OpenAiAnswer.Member(delta, "type"))
        {
            case "text_delta":
                WriteText("content", OpenAiAnswer.Member(delta, "text"));
                break;
            case "thinking_delta":
                WriteText("reasoning_content", OpenAiAnswer.Member(delta, "thinking"));
                break;
            case "input_json_delta" when calls.TryGetValue(index, out var call):
                if (OpenAiAnswer.Member(delta, "partial_json") is { Length: > 0 } piece)
                {
                    call.HasArguments = true;
                    WriteCall(call, piece);
                }

                break;
        }
    }

    // A call without arguments is told as an empty text, which no client can read as JSON.
    private void Stop(Call call)
    {
        if (!call.HasArguments)
        {
            call.HasArguments = true;
            WriteCall(call, "{}");
        }
    }

    private void WriteText(string member, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            WriteFrame(json => json.WriteString(member, text));
        }
    }

    private void WriteCall(Call call, string arguments, string? name = null, string? key = null) =>
        WriteFrame(json =>
        {
            json.WriteStartArray("tool_calls"u8);
            json.WriteStartObject();
            json.WriteNumber("index"u8, call.Index);
            if (key is not null)
            {
                json.WriteString("id"u8, key);
                json.WriteString("type"u8, "function"u8);
            }

            json.WriteStartObject("function"u8);
            if (name is not null)
            {
                json.WriteString("name"u8, name);
            }

            json.WriteString("arguments"u8, arguments);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        });

    private void WriteFrame(WriteDelta write, string? reason = null)
    {
        frames.Write("data: "u8);
        using (var json = new Utf8JsonWriter(frames, AnthropicAnswer.Writing))
        {
            WriteHead(json);
            json.WriteStartObject();
            json.WriteNumber("index"u8, 0);
            json.WriteStartObject("delta"u8);
            if (!hasSpoken)
            {
                hasSpoken = true;
                json.WriteString("role"u8, "assistant"u8);
                json.WriteNull("refusal"u8);
            }

            write(json);
            json.WriteEndObject();
            json.WriteNull("logprobs"u8);
            json.WriteString("finish_reason"u8, reason);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        frames.Write("\n\n"u8);
    }

    private void WriteUsage()
    {
        if (isCounted || !usage.IsKnown)
        {
            return;
        }

        isCounted = true;
        frames.Write("data: "u8);
        using (var json = new Utf8JsonWriter(frames, AnthropicAnswer.Writing))
        {
            WriteHead(json);
            json.WriteEndArray();
            usage.Write(json);
            json.WriteEndObject();
        }

        frames.Write("\n\n"u8);
    }

    private void WriteError(JsonElement error)
    {
        frames.Write("data: "u8);
        using (var json = new Utf8JsonWriter(frames, AnthropicAnswer.Writing))
        {
            json.WriteStartObject();
            json.WritePropertyName("error"u8);
            error.WriteTo(json);
            json.WriteEndObject();
        }

        frames.Write("\n\n"u8);
    }

    private void WriteHead(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("object"u8, "chat.completion.chunk"u8);
        json.WriteNumber("created"u8, created);
        json.WriteString("model"u8, model);
        json.WriteStartArray("choices"u8);
    }

    private static JsonElement? Inner(JsonElement root, string name) =>
        root.TryGetProperty(name, out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : null;

    private sealed class Call(int index)
    {
        public int Index => index;

        public bool HasArguments { get; set; }
    }
}
