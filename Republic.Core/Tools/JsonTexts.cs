using System.Text.Json;

namespace Republic.Core.Tools;

/// <summary>Reads JSON that somebody else wrote. What holds half a surrogate pair, a text or the name of a member, is not there.</summary>
internal static class JsonTexts
{
    /// <summary>A member of an object; null where there is none, or this is no object.</summary>
    public static JsonElement? Member(this JsonElement json, string name)
    {
        try
        {
            return json.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text of a member of an object; null where there is none, or it is no text.</summary>
    public static string? Text(this JsonElement json, string name) => json.Member(name)?.Text();

    /// <summary>The text of an argument of a call; null where there is none, or it is no text.</summary>
    public static string? Text(this IReadOnlyDictionary<string, JsonElement> arguments, string name) =>
        arguments.TryGetValue(name, out var value) ? value.Text() : null;

    /// <summary>The text that this is; null where it is none.</summary>
    public static string? Text(this JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
