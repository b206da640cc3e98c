using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Protocols.OpenAi;

/// <summary>An answer that comes in one piece, checked but not rewritten.</summary>
public static class OpenAiWholeAnswer
{
    /// <param name="member">What an answer of this kind must have: <c>choices</c> or <c>data</c>.</param>
    /// <exception cref="ProviderException">It is no such answer.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        ModelTarget target,
        HttpResponseMessage answer,
        string member,
        CancellationToken ct
    )
    {
        var body = await OpenAiProtocol.ReadWholeAsync(target, answer, ct);
        if (!HasList(body.Span, member))
        {
            // Only now, because it costs: find out what is wrong with it.
            using var json = OpenAiAnswer.Parse(target, body);
            throw OpenAiAnswer.IsError(json.RootElement)
                ? ProviderErrors.FromAnswer(target, body.Span)
                : ProviderErrors.BadAnswer(target, "answered without an answer in it.");
        }

        return body;
    }

    /// <summary>As the stream that was asked for, when the provider could only answer whole: a frame for each choice.</summary>
    public static byte[] AsStream(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        var choices = OpenAiAnswer.Choices(root).ToList();
        var buffer = new ArrayBufferWriter<byte>(body.Length + 256);
        for (var i = 0; i < Math.Max(1, choices.Count); i++)
        {
            buffer.Write("data: "u8);
            using (var writer = new Utf8JsonWriter(buffer))
            {
                WriteFrame(writer, root, i < choices.Count ? choices[i] : null, (i, i >= choices.Count - 1));
            }

            buffer.Write("\n\n"u8);
        }

        buffer.Write("data: [DONE]\n\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteFrame(Utf8JsonWriter writer, JsonElement root, JsonElement? choice, (int Index, bool IsLast) place)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, OpenAiAnswer.Member(root, "id") ?? "");
        writer.WriteString("object"u8, "chat.completion.chunk"u8);
        WriteMember(writer, root, "created");
        writer.WriteString("model"u8, OpenAiAnswer.Member(root, "model") ?? "");
        writer.WriteStartArray("choices"u8);
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, place.Index);
        WriteDelta(writer, choice);
        if (choice is { } chosen && chosen.TryGetProperty("logprobs"u8, out _))
        {
            WriteMember(writer, chosen, "logprobs");
        }
        else
        {
            writer.WriteNull("logprobs"u8);
        }

        writer.WriteString("finish_reason"u8, (choice is { } ended ? OpenAiAnswer.FinishReason(ended)?.Value : null) ?? "stop");
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (place.IsLast)
        {
            WriteMember(writer, root, "usage");
        }

        writer.WriteEndObject();
    }

    private static void WriteMember(Utf8JsonWriter writer, JsonElement whole, string name)
    {
        if (whole.TryGetProperty(name, out var value))
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }

    private static void WriteDelta(Utf8JsonWriter writer, JsonElement? choice)
    {
        writer.WriteStartObject("delta"u8);
        writer.WriteString("role"u8, "assistant"u8);
        var said = choice is { } chosen ? OpenAiAnswer.Contents(chosen, "message") : [];
        if (string.Concat(said.OfType<TextReasoningContent>().Select(thought => thought.Text)) is { Length: > 0 } thoughts)
        {
            writer.WriteString("reasoning_content"u8, thoughts);
        }

        var message = choice is { } given && given.TryGetProperty("message"u8, out var told) ? told : default;
        var isSaid = message.ValueKind == JsonValueKind.Object;
        var refusal = isSaid && OpenAiAnswer.Member(message, "refusal") is { Length: > 0 } refused ? refused : null;
        // A refusal counts as text where nobody knows the field.
        var hasText = refusal is null || OpenAiAnswer.Content(message) is { Length: > 0 };
        writer.WriteString("content"u8, hasText ? string.Concat(said.OfType<TextContent>().Select(text => text.Text)) : null);
        writer.WriteString("refusal"u8, refusal);
        if (Calls(message) is { } calls)
        {
            WriteCalls(writer, calls);
        }

        writer.WriteEndObject();
    }

    private static JsonElement? Calls(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object
        && message.TryGetProperty("tool_calls", out var calls)
        && calls.ValueKind == JsonValueKind.Array
        && calls.GetArrayLength() > 0
            ? calls
            : null;

    // In a stream each call tells its place.
    private static void WriteCalls(Utf8JsonWriter writer, JsonElement calls)
    {
        var index = 0;
        writer.WriteStartArray("tool_calls"u8);
        foreach (var call in calls.EnumerateArray().Where(call => call.ValueKind == JsonValueKind.Object))
        {
            writer.WriteStartObject();
            writer.WriteNumber("index"u8, index++);
            foreach (var member in call.EnumerateObject().Where(member => !member.NameEquals("index"u8)))
            {
                member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static bool HasList(ReadOnlySpan<byte> body, string member)
    {
        try
        {
            var found = false;
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isMember = reader.ValueTextEquals(member);
                var isError = reader.ValueTextEquals("error"u8);
                reader.Read();
                if (isError && reader.TokenType is not (JsonTokenType.Null or JsonTokenType.False))
                {
                    return false;
                }

                if (isMember && reader.TokenType == JsonTokenType.StartArray)
                {
                    // An empty list holds no answer.
                    var depth = reader.CurrentDepth;
                    reader.Read();
                    found = reader.TokenType == JsonTokenType.StartObject;
                    while (reader.CurrentDepth > depth || reader.TokenType != JsonTokenType.EndArray)
                    {
                        if (!reader.Read())
                        {
                            return false;
                        }
                    }
                }
                else
                {
                    reader.Skip();
                }
            }

            return found && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
