using System.Buffers;
using System.Text.Json;
using Republic.Core.Answering.Traces;

namespace Republic.Web.Api.OpenAi;

/// <summary>
/// The passages that an answer was given, as <c>citations</c> beside OpenAI's own members: numbered as the answer names them. In a stream
/// they come with the reason for its end, where no client looks for text any more.
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

            writer.WritePropertyName("citations"u8);
            Write(writer, passages);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The list alone; empty where there are none.</summary>
    public static ReadOnlyMemory<byte> Json(IReadOnlyList<CitedPassage> passages)
    {
        if (passages.Count == 0)
        {
            return default;
        }

        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, passages);
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<CitedPassage> passages)
    {
        writer.WriteStartArray();
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
