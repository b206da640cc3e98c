using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Republic.Core.Answering.Tools;

/// <summary>The result of a tool call, as it is stored and as the model is given it.</summary>
internal static class ToolResult
{
    /// <summary>Results are made no shorter than this, in characters, where a model cannot hold them.</summary>
    public const int Least = 1000;

    private const string Cutting = "\n[The rest was cut off.]";

    /// <summary>Arguments as they are stored and sent.</summary>
    public static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The members of a JSON object; none of what is no object.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Object(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json) ?? [];
        }
        catch (JsonException)
        {
            return new Dictionary<string, JsonElement>();
        }
    }

    /// <summary>The text of a result, at most <see cref="ToolCall.MaxResult"/> bytes of it, without what the database refuses.</summary>
    public static string Cut(object? result)
    {
        var text = result switch
        {
            null => "",
            string said => said,
            JsonElement { ValueKind: JsonValueKind.String } said => said.GetString()!,
            JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "",
            JsonElement json => json.GetRawText(),
            _ => JsonSerializer.Serialize(result, Json),
        };
        text = text.Replace("\0", "", StringComparison.Ordinal);
        if (Encoding.UTF8.GetByteCount(text) <= ToolCall.MaxResult)
        {
            return text;
        }

        var (bytes, most) = (0, ToolCall.MaxResult - Cutting.Length);
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > most)
            {
                break;
            }

            (bytes, length) = (bytes + rune.Utf8SequenceLength, length + rune.Utf16SequenceLength);
        }

        return text[..length] + Cutting;
    }

    /// <summary>A failure of the tool itself, or of its arguments, and none of Republic.</summary>
    public static bool IsExpected(Exception error) => error is ToolException or ArgumentException or JsonException;

    public static string ReasonOf(Exception error) =>
        error switch
        {
            ToolException known => known.Message.Replace("\0", "", StringComparison.Ordinal).AtMost(2000),
            // Arguments that do not fit the method's parameters.
            ArgumentException or JsonException => $"Its arguments do not fit: {error.Message}".AtMost(2000),
            _ => "It failed inside Republic. The log has the details.",
        };

    /// <summary>A call's result for the model: between delimiters, since somebody else may have written it.</summary>
    /// <param name="most">Characters of it; the rest is left out, and the model is told so.</param>
    public static string ForModel(ToolCall call, int most)
    {
        if (call.Status != ToolCallStatus.Completed)
        {
            var why = PromptDelimiter.Clean(Reason(call));
            // What a tool says of a failure is as much data as a result.
            return call.BeganAt is null
                ? $"There is no result. {why}"
                : $"There is no result.\n{PromptDelimiter.Around(why, call.CallId).Put("reason", why)}";
        }

        var edited = call.EditedArguments is { } other ? $"The person changed the arguments before the call to {other}\n" : "";
        var clean = Shortened(PromptDelimiter.Clean(call.Result ?? ""), most);
        return $"{edited}{PromptDelimiter.Around(clean, call.CallId).Put("result", clean)}";
    }

    private static string Shortened(string text, int most)
    {
        var kept = text.AtMost(most);
        return kept.Length == text.Length ? text : $"{kept}\n[… shortened: {text.Length - kept.Length} characters left out]";
    }

    private static string Reason(ToolCall call) =>
        call.Status switch
        {
            ToolCallStatus.Refused => $"The call was refused: {call.Reason}",
            ToolCallStatus.Expired => "Nobody decided on the call.",
            _ => call.Reason ?? "The call failed.",
        };
}
