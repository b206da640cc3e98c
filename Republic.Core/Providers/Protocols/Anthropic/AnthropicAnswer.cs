using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Protocols.Anthropic;

/// <summary>A message that came in one piece, as a chat completion.</summary>
internal static class AnthropicAnswer
{
    public static readonly JsonWriterOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static ReadOnlyMemory<byte> Translate(ModelTarget target, JsonElement root, long created)
    {
        if (OpenAiAnswer.IsError(root))
        {
            throw ProviderErrors.FromAnswer(target, JsonSerializer.SerializeToUtf8Bytes(root));
        }

        if (!root.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.Array)
        {
            throw ProviderErrors.BadAnswer(target, "answered without an answer in it.");
        }

        var usage = new AnthropicUsage();
        usage.Take(root);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Writing);
        json.WriteStartObject();
        json.WriteString("id"u8, OpenAiAnswer.Member(root, "id") ?? "");
        json.WriteString("object"u8, "chat.completion"u8);
        json.WriteNumber("created"u8, created);
        json.WriteString("model"u8, OpenAiAnswer.Member(root, "model") ?? target.ModelId);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        WriteMessage(json, [.. content.EnumerateArray().Where(block => block.ValueKind == JsonValueKind.Object)]);
        json.WriteNull("logprobs"u8);
        json.WriteString("finish_reason"u8, Reason(OpenAiAnswer.Member(root, "stop_reason")));
        json.WriteEndObject();
        json.WriteEndArray();
        if (usage.IsKnown)
        {
            usage.Write(json);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Why the model stopped, in chat completions' words.</summary>
    public static string Reason(string? stop) =>
        stop switch
        {
            "tool_use" => "tool_calls",
            "max_tokens" or "model_context_window_exceeded" => "length",
            "refusal" => "content_filter",
            _ => "stop",
        };

    private static void WriteMessage(Utf8JsonWriter json, IReadOnlyList<JsonElement> blocks)
    {
        var calls = blocks.Where(block => OpenAiAnswer.Member(block, "type") == "tool_use").ToList();
        var text = All(blocks, "text", "text");
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        if (text.Length == 0 && calls.Count > 0)
        {
            json.WriteNull("content"u8);
        }
        else
        {
            json.WriteString("content"u8, text);
        }

        json.WriteNull("refusal"u8);
        if (All(blocks, "thinking", "thinking") is { Length: > 0 } thought)
        {
            json.WriteString("reasoning_content"u8, thought);
        }

        if (calls.Count > 0)
        {
            json.WriteStartArray("tool_calls"u8);
            foreach (var call in calls)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, OpenAiAnswer.Member(call, "id") ?? "");
                json.WriteString("type"u8, "function"u8);
                json.WriteStartObject("function"u8);
                json.WriteString("name"u8, OpenAiAnswer.Member(call, "name") ?? "");
                json.WriteString("arguments"u8, call.TryGetProperty("input", out var input) ? input.GetRawText() : "{}");
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static string All(IEnumerable<JsonElement> blocks, string type, string member) =>
        string.Concat(
            blocks.Where(block => OpenAiAnswer.Member(block, "type") == type).Select(block => OpenAiAnswer.Member(block, member))
        );
}
