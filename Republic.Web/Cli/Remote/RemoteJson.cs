using System.Text.Encodings.Web;
using System.Text.Json;

namespace Republic.Web.Cli.Remote;

/// <summary>Reads JSON of unknown content: a member that is missing, or of another kind, is null.</summary>
internal static class RemoteJson
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON as a command prints it.</summary>
    public static string Printed<T>(T value) => JsonSerializer.Serialize(value, Readable);

    public static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonElement? Member(this JsonElement json, string name, JsonValueKind kind) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;

    public static string? Text(this JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String && json.GetString() is { Length: > 0 } text ? text : null;
        }
        // A lone surrogate is valid JSON, but not a valid string.
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A text without its quotes, or any other value as it was sent.</summary>
    public static string Plain(this JsonElement json) => json.ValueKind == JsonValueKind.String ? json.Text() ?? "" : json.GetRawText();

    /// <summary>The text of problem details: their message and those of the fields.</summary>
    public static string? Problem(this JsonElement json)
    {
        var words = json.Member("detail", JsonValueKind.String)?.Text() ?? json.Member("title", JsonValueKind.String)?.Text();
        var fields =
            from field in json.Member("errors", JsonValueKind.Object)?.EnumerateObject() ?? []
            where field.Value.ValueKind == JsonValueKind.Array
            from message in field.Value.EnumerateArray()
            select message.Text();
        return words is null ? null : string.Join(' ', fields.Prepend(words).OfType<string>().Distinct(StringComparer.Ordinal));
    }
}
