using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Republic.Core.Providers.Protocols.OpenAi;

/// <summary>Reads what an outside client said, and puts something before its question.</summary>
internal static class OpenAiMessages
{
    /// <summary>Each of them costs whoever reads them something, however short it is.</summary>
    private const int Most = 10_000;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The texts of person and model. What is no list of messages has none; whoever sends it on says what is wrong with it.</summary>
    public static IReadOnlyList<ChatMessage> Turns(ReadOnlyMemory<byte> messages)
    {
        if (Fault(messages) is not null)
        {
            return [];
        }

        using var json = JsonDocument.Parse(messages);
        List<ChatMessage> turns = [];
        foreach (var message in Listed(json.RootElement))
        {
            if (RoleOf(message) is ("user" or "assistant") and var role && message.TryGetProperty("content"u8, out var content))
            {
                turns.Add(new ChatMessage(role == "user" ? ChatRole.User : ChatRole.Assistant, TextOf(content)));
            }
        }

        return turns;
    }

    /// <summary>The first error in a list of messages that every model would refuse; null: none.</summary>
    public static string? Fault(ReadOnlyMemory<byte> messages)
    {
        var reader = new Utf8JsonReader(messages.Span);
        reader.Read();
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return "messages must hold objects with role and content.";
            }

            reader.Skip();
            if (++count > Most)
            {
                return $"messages holds more than {Most:N0} messages. Send the last ones alone.";
            }
        }

        return count == 0 ? "messages is empty. It must hold at least one message." : StrayResult(messages);
    }

    /// <summary>A tool's result that answers no call before it, which no model could make sense of; null: there is none.</summary>
    private static string? StrayResult(ReadOnlyMemory<byte> messages)
    {
        // Most lists have no results, and are not read once more.
        if (messages.Span.IndexOf("\"tool\""u8) < 0)
        {
            return null;
        }

        using var json = JsonDocument.Parse(messages);
        var called = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var message in json.RootElement.EnumerateArray())
        {
            if (RoleOf(message) == "tool" && !(OpenAiAnswer.Member(message, "tool_call_id") is { } id && called.Contains(id)))
            {
                return $"messages[{index}] is the result of a call that no message before it made. Its tool_call_id must be that of a call in tool_calls.";
            }

            if (message.TryGetProperty("tool_calls"u8, out var calls))
            {
                called.UnionWith(Listed(calls).Select(call => OpenAiAnswer.Member(call, "id")).OfType<string>());
            }

            index++;
        }

        return null;
    }

    /// <summary>Puts a system message before good ones. Many chat templates take one and only at the start, so a client's own joins it.</summary>
    public static ReadOnlyMemory<byte> WithSystemPrompt(ReadOnlyMemory<byte> messages, string prompt)
    {
        var reader = new Utf8JsonReader(messages.Span);
        reader.Read();
        reader.Read();
        var rest = messages[(int)reader.TokenStartIndex..];
        var separator = ","u8;
        using (var first = JsonDocument.ParseValue(ref reader))
        {
            var role = OpenAiAnswer.Member(first.RootElement, "role");
            if (role is "system" or "developer" && OpenAiAnswer.Member(first.RootElement, "content") is { } own)
            {
                prompt = own.Length == 0 ? prompt : $"{prompt}\n\n{own}";
                rest = messages[(int)reader.BytesConsumed..];
                separator = default;
            }
        }

        var buffer = new ArrayBufferWriter<byte>(messages.Length + (prompt.Length * 2) + 64);
        buffer.Write("["u8);
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            json.WriteString("role"u8, "system"u8);
            json.WriteString("content"u8, prompt);
            json.WriteEndObject();
        }

        buffer.Write(separator);
        buffer.Write(rest.Span);
        return buffer.WrittenMemory;
    }

    /// <summary>The same with this text at the beginning of the person's last message.</summary>
    public static ReadOnlyMemory<byte> WithBeforeQuestion(ReadOnlyMemory<byte> messages, string text)
    {
        using var json = JsonDocument.Parse(messages);
        var list = json.RootElement.EnumerateArray().ToList();
        var last = list.FindLastIndex(message => RoleOf(message) == "user");
        var buffer = new ArrayBufferWriter<byte>(messages.Length + (text.Length * 2) + 64);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartArray();
            for (var i = 0; i < list.Count; i++)
            {
                if (i == last)
                {
                    Write(writer, list[i], text);
                }
                else
                {
                    list[i].WriteTo(writer);
                }
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, JsonElement message, string before)
    {
        writer.WriteStartObject();
        foreach (var member in message.EnumerateObject().Where(member => !member.NameEquals("content"u8)))
        {
            member.WriteTo(writer);
        }

        writer.WritePropertyName("content"u8);
        if (message.TryGetProperty("content"u8, out var content) && content.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WriteString("type"u8, "text"u8);
            writer.WriteString("text"u8, before);
            writer.WriteEndObject();
            foreach (var part in content.EnumerateArray())
            {
                part.WriteTo(writer);
            }

            writer.WriteEndArray();
        }
        else
        {
            writer.WriteStringValue($"{before}\n\n{TextOf(content)}");
        }

        writer.WriteEndObject();
    }

    public static int Count(ReadOnlyMemory<byte> messages)
    {
        using var all = JsonDocument.Parse(messages);
        return all.RootElement.GetArrayLength();
    }

    private static IEnumerable<JsonElement> Listed(JsonElement messages) =>
        messages.ValueKind == JsonValueKind.Array
            ? messages.EnumerateArray().Where(message => message.ValueKind == JsonValueKind.Object)
            : [];

    private static string? RoleOf(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object ? OpenAiAnswer.Member(message, "role") : null;

    private static string TextOf(JsonElement content)
    {
        if (content.ValueKind != JsonValueKind.Array)
        {
            return content.ValueKind == JsonValueKind.String ? content.GetString()! : "";
        }

        var text = new StringBuilder();
        foreach (var part in Listed(content))
        {
            if (OpenAiAnswer.Member(part, "text") is { Length: > 0 } piece)
            {
                text.Append(text.Length == 0 ? "" : "\n").Append(piece);
            }
        }

        return text.ToString();
    }
}
