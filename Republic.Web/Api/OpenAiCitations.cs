using System.Buffers;
using System.Text.Json;
using Republic.Core.Pipeline;

namespace Republic.Web.Api;

/// <summary>
/// The passages that an answer was given, as <c>citations</c> beside OpenAI's own members: numbered as the answer names them. In a stream
/// they come before its first word.
/// </summary>
internal static class OpenAiCitations
{
    /// <summary>A whole answer with them in it.</summary>
    public static ReadOnlyMemory<byte> AddedTo(ReadOnlyMemory<byte> answer, IReadOnlyList<CitedPassage> passages)
    {
        if (passages.Count == 0)
        {
            return answer;
        }

        using var json = JsonDocument.Parse(answer);
        var buffer = new ArrayBufferWriter<byte>(answer.Length + 4096);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in json.RootElement.EnumerateObject().Where(member => !member.NameEquals("citations"u8)))
            {
                member.WriteTo(writer);
            }

            Write(writer, passages);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>A frame of a stream with nothing but them in it; empty where there are none.</summary>
    public static byte[] Frame(string model, IReadOnlyList<CitedPassage> passages, DateTimeOffset now)
    {
        if (passages.Count == 0)
        {
            return [];
        }

        var buffer = new ArrayBufferWriter<byte>(4096);
        buffer.Write("data: "u8);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, "");
            writer.WriteString("object"u8, "chat.completion.chunk"u8);
            writer.WriteNumber("created"u8, now.ToUnixTimeSeconds());
            writer.WriteString("model"u8, model);
            writer.WriteStartArray("choices"u8);
            writer.WriteEndArray();
            Write(writer, passages);
            writer.WriteEndObject();
        }

        buffer.Write("\n\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<CitedPassage> passages)
    {
        writer.WriteStartArray("citations"u8);
        foreach (var passage in passages)
        {
            writer.WriteStartObject();
            writer.WriteNumber("number"u8, passage.Number);
            writer.WriteString("document"u8, passage.Document);
            writer.WritePropertyName("page"u8);
            if (passage.Page is { } page)
            {
                writer.WriteNumberValue(page);
            }
            else
            {
                writer.WriteNullValue();
            }

            writer.WriteString("text"u8, passage.Text);
            writer.WriteNumber("score"u8, passage.Score);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
