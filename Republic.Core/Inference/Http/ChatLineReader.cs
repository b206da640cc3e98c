using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core.Inference.Answers;
using Republic.Core.Llama.Native;

namespace Republic.Core.Inference.Http;

/// <summary>Reads the messages of a request, and says of each wrong one what is wrong.</summary>
internal static class ChatLineReader
{
    private const string Assistant = "assistant";
    private const string Tool = "tool";

    public static IReadOnlyList<ChatLine> Read(IReadOnlyList<ChatRequestMessage?> messages)
    {
        List<ChatLine> lines = [];
        // What was called and not answered yet; models are confused by answers to what they never asked.
        HashSet<string> open = new(StringComparer.Ordinal);
        for (var i = 0; i < messages.Count; i++)
        {
            var (message, role) = (messages[i], Role(messages[i], i));
            var calls = role == Assistant && message!.ToolCalls is not null ? Calls(message.ToolCalls, i) : null;
            if (role is "user" or Assistant)
            {
                open.Clear();
            }

            open.UnionWith(calls?.Select(call => call!["id"]!.GetValue<string>()) ?? []);
            if (role == Tool && (message!.ToolCallId is not { } id || !open.Remove(id)))
            {
                throw RequestRefusedException.BadField(
                    "messages",
                    $"messages[{i}].tool_call_id names no call of the assistant's message before it that has no result yet."
                );
            }

            lines.Add(
                new ChatLine(role, Content(message!, i, mayLack: calls is not null))
                {
                    Calls = calls,
                    CallId = message!.ToolCallId,
                    Name = message.Name,
                }
            );
        }

        return lines;
    }

    private static string Role(ChatRequestMessage? message, int index) =>
        message?.Role switch
        {
            "system" or "developer" => "system",
            "user" => "user",
            Assistant => Assistant,
            Tool => Tool,
            var other => throw RequestRefusedException.BadField(
                "messages",
                $"messages[{index}].role is \"{other}\"; it has to be system, user, assistant or tool."
            ),
        };

    private static JsonArray Calls(JsonNode given, int index)
    {
        if (given is not JsonArray { Count: > 0 } list)
        {
            throw RequestRefusedException.BadField("messages", $"messages[{index}].tool_calls has to be a list with at least one call.");
        }

        return [.. list.Select((call, number) => Call(call, $"messages[{index}].tool_calls[{number}]"))];
    }

    private static JsonObject Call(JsonNode? given, string path)
    {
        var function = (given as JsonObject)?["function"] as JsonObject;
        return
            Text(given?["id"]) is { Length: > 0 } id
            && Text(function?["name"]) is { Length: > 0 } name
            && Text(function?["arguments"]) is { } arguments
            ? new JsonObject
            {
                ["id"] = id,
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = name, ["arguments"] = Arguments(arguments, path) },
            }
            : throw RequestRefusedException.BadField(
                "messages",
                $"{path} has to be {{\"id\": …, \"type\": \"function\", \"function\": {{\"name\": …, \"arguments\": \"…\"}}}}."
            );
    }

    private static JsonNode Arguments(string arguments, string path)
    {
        try
        {
            using var json = JsonDocument.Parse(arguments.Length == 0 ? "{}" : arguments);
            // A model may have written a name twice.
            return UniqueNames.Of(json.RootElement) as JsonObject
                ?? throw RequestRefusedException.BadField("messages", $"{path}.function.arguments is no JSON object.");
        }
        catch (JsonException)
        {
            throw RequestRefusedException.BadField("messages", $"{path}.function.arguments is no JSON object.");
        }
    }

    private static string Content(ChatRequestMessage message, int index, bool mayLack) =>
        message.Content switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString()!,
            { ValueKind: JsonValueKind.Array } parts when mayLack || parts.GetArrayLength() > 0 => string.Concat(
                parts.EnumerateArray().Select(part => PartText(part, index))
            ),
            null or { ValueKind: JsonValueKind.Null } when mayLack => "",
            _ => throw RequestRefusedException.BadField("messages", $"messages[{index}].content has to be a text."),
        };

    private static string PartText(JsonElement part, int index) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : throw RequestRefusedException.BadField(
                "messages",
                $"messages[{index}] has a part that is not text; local models read text alone."
            );

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
