using System.Buffers;
using System.Text.Json;
using Republic.Core.Answering.Traces;

namespace Republic.Web.Api.OpenAi;

/// <summary>
/// The passages that an answer was given, as <c>citations</c> beside OpenAI's own members: numbered as the answer names them. In a stream
/// they are the last chunk before the end mark: clients read <c>choices[0]</c> of the first.
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
    /// <param name="id">As the stream's other frames have it.</param>
    public static byte[] Frame(string id, string model, IReadOnlyList<CitedPassage> passages, DateTimeOffset now)
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
            writer.WriteString("id"u8, id);
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

    /// <summary>The id that the first of some frames has; empty where it has none.</summary>
    public static string IdOf(ReadOnlySpan<byte> lines)
    {
        var start = lines.IndexOf("data:"u8);
        if (start < 0)
        {
            return "";
        }

        // What follows the frame is never read, so that it need not be cut off.
        var reader = new Utf8JsonReader(lines[(start + "data:"u8.Length)..], isFinalBlock: false, state: default);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = reader.ValueTextEquals("id"u8);
                if (!reader.Read() || isId)
                {
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() ?? "" : "";
                }

                if (!reader.TrySkip())
                {
                    return "";
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "";
        }

        return "";
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
