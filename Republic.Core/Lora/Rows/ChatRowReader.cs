using System.Text;
using System.Text.Json;
using Republic.Core.Llama.Native;

namespace Republic.Core.Lora.Rows;

/// <summary>
/// Reads one conversation per line of JSON: <c>{"messages": [{"role", "content"}]}</c> as for fine-tuning chat models, or a
/// pair, prompt, instruction, question or input with completion, response, output or answer, and a system text if there is one.
/// </summary>
internal static class ChatRowReader
{
    /// <summary>Stands where bytes are no UTF-8. It is no character, so no text holds it, as it may hold the usual U+FFFD.</summary>
    private const char NoText = '\uFFFF';
    private static readonly Encoding Utf8 = Encoding.GetEncoding(
        "utf-8",
        EncoderFallback.ExceptionFallback,
        new DecoderReplacementFallback(NoText.ToString())
    );
    private static readonly string[] Questions = ["prompt", "instruction", "question", "input"];
    private static readonly string[] Answers = ["completion", "response", "output", "answer"];

    /// <summary>The file as text: UTF-8, or UTF-16 where it begins with a mark that says so.</summary>
    public static TextReader Open(string path)
    {
        var stream = File.OpenRead(path);
        Span<byte> start = stackalloc byte[2];
        var isMarked = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == 2 && start is [0xFF, 0xFE] or [0xFE, 0xFF];
        stream.Position = 0;
        // Asked to look for marks, it would read marked UTF-8 as if nothing could be wrong with it.
        return new StreamReader(stream, Utf8, detectEncodingFromByteOrderMarks: isMarked);
    }

    public static IReadOnlyList<ChatRow> Read(TextReader reader, List<RowProblem> problems)
    {
        var rows = new List<ChatRow>();
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            try
            {
                rows.Add(new ChatRow(line, Lines(text)));
            }
            catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
            {
                problems.Add(new RowProblem(line, Reason(e)));
            }
        }

        return rows;
    }

    private static string Reason(Exception e) =>
        e switch
        {
            JsonException => "it is not JSON",
            // What JsonElement throws when a text cannot be unescaped.
            InvalidOperationException => "it holds half of a character: escapes from \\ud800 to \\udfff come in pairs",
            _ => e.Message,
        };

    private static List<ChatLine> Lines(string json)
    {
        if (json.Contains(NoText))
        {
            throw new FormatException("it is not UTF-8");
        }

        using var document = JsonDocument.Parse(json);
        var row = document.RootElement;
        if (row.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it is no JSON object");
        }

        var lines = row.TryGetProperty("messages", out var messages) ? Messages(messages) : Pair(row);
        return lines.Exists(line => line.Role == "assistant" && line.Content.Length > 0)
            ? lines
            : throw new FormatException("it holds no answer to learn");
    }

    private static List<ChatLine> Messages(JsonElement messages) =>
        messages.ValueKind == JsonValueKind.Array
            ? [.. messages.EnumerateArray().Select(Message)]
            : throw new FormatException("messages is no list");

    private static ChatLine Message(JsonElement message)
    {
        var role = message.ValueKind == JsonValueKind.Object ? TextOf(message, "role") : null;
        return role switch
        {
            "system" or "developer" => new ChatLine("system", Content(message)),
            "user" => new ChatLine("user", Content(message)),
            "assistant" => Answer(Content(message)),
            _ => throw new FormatException($"a message has the role \"{role}\"; it has to be system, user or assistant"),
        };
    }

    private static List<ChatLine> Pair(JsonElement row)
    {
        var question = Questions.FirstOrDefault(name => TextOf(row, name) is not null);
        var answer = Answers.FirstOrDefault(name => TextOf(row, name) is not null);
        if (question is null || answer is null)
        {
            throw new FormatException("it has neither messages nor a prompt with a completion");
        }

        var asked = TextOf(row, question)!;
        if (question != "input" && TextOf(row, "input") is { Length: > 0 } input)
        {
            asked += "\n\n" + input;
        }

        var lines = new List<ChatLine> { new("user", asked), Answer(TextOf(row, answer)!) };
        if (TextOf(row, "system") is { Length: > 0 } system)
        {
            lines.Insert(0, new ChatLine("system", system));
        }

        return lines;
    }

    /// <summary>A model cannot learn to begin with white space that its tokenizer joins to the template's own.</summary>
    private static ChatLine Answer(string text) => new("assistant", text.Trim());

    private static string Content(JsonElement message) =>
        message.TryGetProperty("content", out var content)
            ? content.ValueKind switch
            {
                JsonValueKind.String => content.GetString()!,
                JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(PartText)),
                _ => throw new FormatException("a message's content is no text"),
            }
            : throw new FormatException("a message has no content");

    private static string PartText(JsonElement part) =>
        (part.ValueKind == JsonValueKind.Object ? TextOf(part, "text") : null)
        ?? throw new FormatException("a message has a part that is not text");

    private static string? TextOf(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
