using System.Text.Json;

namespace Republic.Core.Tools;

/// <summary>Reads texts out of JSON that somebody else wrote.</summary>
internal static class JsonTexts
{
    /// <summary>The text of a member of an object; null where there is none, or it is no text.</summary>
    /// <exception cref="InvalidOperationException">This is no object, or the text holds half a surrogate pair.</exception>
    public static string? Text(this JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.Text() : null;

    /// <summary>The text of an argument of a call; null where there is none, or it is no text.</summary>
    public static string? Text(this IReadOnlyDictionary<string, JsonElement> arguments, string name) =>
        arguments.TryGetValue(name, out var value) ? value.Text() : null;

    private static string? Text(this JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
