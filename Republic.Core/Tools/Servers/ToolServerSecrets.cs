using System.Text.Json;
using Republic.Core.Providers.Upstream;
using Republic.Core.Tools.Servers.OAuth;

namespace Republic.Core.Tools.Servers;

/// <summary>
/// What a server is given so that it knows who asks. Whatever it says is kept, shown and given to models without that: a server that echoes what it
/// was sent would else hand the key on. Names of tools and arguments stay as they are, since they are called by them.
/// </summary>
internal sealed class ToolServerSecrets
{
    /// <summary>Shorter values, such as “true” or “v2”, are settings and no keys: to hide them would tear words.</summary>
    public const int Shortest = 8;

    public static readonly ToolServerSecrets None = new([]);

    private readonly List<HiddenKey> keys;

    private ToolServerSecrets(IEnumerable<string?> values) =>
        keys = [
            .. values
                .OfType<string>()
                .SelectMany(Parts)
                .Where(part => part.Length >= Shortest)
                .Distinct(StringComparer.Ordinal)
                // A token before the value that holds it, whose pieces have the blank too.
                .OrderBy(part => part.Length)
                .Select(part => new HiddenKey(part)),
        ];

    /// <param name="given">Headers, or variables of a command.</param>
    /// <param name="tokens">The tokens of a sign-in; null for none.</param>
    public static ToolServerSecrets Of(Dictionary<string, string> given, OAuthTokens? tokens) =>
        new([.. given.Values, tokens?.Access, tokens?.Refresh]);

    public string Hide(string text) => keys.Aggregate(text, (shown, key) => key.Hide(shown));

    /// <summary>Hides them in each text of it.</summary>
    /// <exception cref="InvalidOperationException">It holds half a character.</exception>
    public JsonElement Hide(JsonElement json)
    {
        if (keys.Count == 0)
        {
            return json;
        }

        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            Write(writer, json);
        }

        return JsonSerializer.Deserialize<JsonElement>(bytes.ToArray());
    }

    /// <summary>A value, and what stands behind its first blank: “Bearer …”, and the token.</summary>
    private static IEnumerable<string> Parts(string value) =>
        value.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var blank ? [value, value[(blank + 1)..].Trim()] : [value];

    private void Write(Utf8JsonWriter writer, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in json.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Hide(json.GetString()!));
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }
}
