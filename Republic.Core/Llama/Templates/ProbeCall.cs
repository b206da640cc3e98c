using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Core.Llama.Templates;

/// <summary>A call that nobody makes, found again in what a template writes of it.</summary>
internal sealed record ProbeCall(string Name, string Value, string Id)
{
    private const string Key = "zqkey";

    public JsonObject Arguments => new() { [Key] = Value };

    public JsonObject Tool =>
        new()
        {
            ["type"] = "function",
            ["function"] = new JsonObject
            {
                ["name"] = Name,
                ["description"] = "Tries something.",
                ["parameters"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject
                    {
                        [Key] = new JsonObject { ["type"] = "string", ["description"] = "A word." },
                    },
                    ["required"] = new JsonArray(Key),
                },
            },
        };

    public JsonObject Call(CallShape shape) =>
        new()
        {
            ["id"] = Id,
            ["type"] = "function",
            ["function"] = new JsonObject
            {
                ["name"] = Name,
                ["arguments"] = shape.TextArguments ? JsonValue.Create(SpacedJson.Write(Arguments)) : Arguments,
            },
        };

    public JsonObject Answered(string result) =>
        new()
        {
            ["role"] = "tool",
            ["name"] = Name,
            ["tool_call_id"] = Id,
            ["content"] = result,
        };

    /// <summary>The JSON object with this name and these arguments; null where the template writes calls otherwise.</summary>
    public CallSpan? FindIn(string text, int from)
    {
        var name = text.IndexOf(Name, from, StringComparison.Ordinal);
        for (var at = from; name >= 0 && (at = text.IndexOf('{', at)) >= 0 && at < name; at++)
        {
            if (ObjectAt(text, at) is var (fields, end) && Keys(fields, at, end) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private CallSpan? Keys(JsonObject fields, int begin, int end)
    {
        var keys = fields.Select(field => field.Key).ToList();
        var nameKey = keys.Find(key => Is(fields[key], Name));
        var argumentsKey = keys.Find(key => fields[key] is JsonObject arguments && Is(arguments[Key], Value));
        var idKey = keys.Find(key => Is(fields[key], Id));
        string?[] order = idKey is null ? [nameKey, argumentsKey] : [nameKey, argumentsKey, idKey];
        // An object in another order, or with more in it, is no call as it is written here.
        return keys.SequenceEqual(order) ? new CallSpan(begin, end, nameKey!, argumentsKey!, idKey) : null;
    }

    private static bool Is(JsonNode? node, string text) => node?.GetValueKind() == JsonValueKind.String && node.GetValue<string>() == text;

    private static (JsonObject Fields, int End)? ObjectAt(string text, int at)
    {
        var utf8 = Encoding.UTF8.GetBytes(text[at..]);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { AllowMultipleValues = true });
        try
        {
            return JsonNode.Parse(ref reader) is JsonObject fields
                ? (fields, at + Encoding.UTF8.GetCharCount(utf8.AsSpan(0, (int)reader.BytesConsumed)))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
