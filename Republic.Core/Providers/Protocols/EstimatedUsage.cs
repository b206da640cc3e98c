using System.Buffers;
using System.Text.Json;
using Republic.Core.Providers.Protocols.OpenAi;

namespace Republic.Core.Providers.Protocols;

/// <summary>
/// Usage for an outside client where the provider counted none, marked as the estimate that it is. Nobody is billed by it.
/// </summary>
public static class EstimatedUsage
{
    // English text has about four bytes a token with the common vocabularies, JSON around it included.
    private const int BytesPerToken = 4;

    /// <summary>A whole answer with usage in it.</summary>
    /// <param name="requestBytes">Of the body that was sent.</param>
    public static ReadOnlyMemory<byte> AddedTo(ReadOnlyMemory<byte> answer, int requestBytes)
    {
        using var json = JsonDocument.Parse(answer);
        var buffer = new ArrayBufferWriter<byte>(answer.Length + 128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in json.RootElement.EnumerateObject().Where(member => !member.NameEquals("usage"u8)))
            {
                member.WriteTo(writer);
            }

            writer.WritePropertyName("usage"u8);
            Write(writer, Tokens(requestBytes), Tokens(Said(json.RootElement)));
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The usage of a stream, as JSON.</summary>
    /// <param name="requestBytes">Of the body that was sent.</param>
    /// <param name="pieces">Frames of the answer: models speak a token at a time.</param>
    public static ReadOnlyMemory<byte> Json(int requestBytes, int pieces)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, Tokens(requestBytes), pieces);
        }

        return buffer.WrittenMemory;
    }

    private static int Said(JsonElement answer) =>
        OpenAiAnswer
            .Choices(answer)
            .Sum(choice =>
                choice.TryGetProperty("message"u8, out var message)
                    ? Length(message, "content") + Length(message, "reasoning_content") + Length(message, "tool_calls")
                    : 0
            );

    private static int Length(JsonElement message, string member) =>
        message.ValueKind == JsonValueKind.Object
        && message.TryGetProperty(member, out var value)
        && value.ValueKind is JsonValueKind.String or JsonValueKind.Array
            ? value.GetRawText().Length
            : 0;

    private static int Tokens(int bytes) => (bytes + BytesPerToken - 1) / BytesPerToken;

    private static void Write(Utf8JsonWriter writer, int prompt, int answer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("prompt_tokens"u8, prompt);
        writer.WriteNumber("completion_tokens"u8, answer);
        writer.WriteNumber("total_tokens"u8, prompt + answer);
        writer.WriteBoolean("estimated"u8, true);
        writer.WriteEndObject();
    }
}
