using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Core.Llama.Templates;

/// <summary>Brings a conversation into the form that a template takes. All give new messages and leave those that came as they are.</summary>
internal static class TemplateMessages
{
    private const string Between = "\n\n";

    /// <summary>For a template that takes tools: calls in its shape, and results with the name of the tool that was called.</summary>
    public static JsonArray Native(JsonArray messages, CallShape shape)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        return [.. messages.Select(message => Role(message) == "tool" ? Result(message!, names) : Said(message!, shape, names))];
    }

    /// <summary>For a template that takes no tools: they, the calls and the results become text.</summary>
    public static JsonArray Told(JsonArray messages, JsonArray? tools, ToolCallSyntax syntax)
    {
        var told = new JsonArray();
        var isResult = false;
        foreach (var message in messages)
        {
            var (role, text) = (Role(message), Text(message?["content"]));
            if (role == "tool" && isResult)
            {
                Append(told[^1]!, "\n", GeneralToolPrompt.Result(text));
            }
            else
            {
                told.Add(
                    role == "tool" ? Message("user", GeneralToolPrompt.Result(text)) : Message(role, WithCalls(message!, text, syntax))
                );
            }

            isResult = role == "tool";
        }

        if (tools is not { Count: > 0 })
        {
            return told;
        }

        if (told.Count == 0 || Role(told[0]) != "system")
        {
            told.Insert(0, Message("system", ""));
        }

        Append(told[0]!, Between, GeneralToolPrompt.Write(tools, syntax));
        return told;
    }

    /// <summary>For a template that takes no system message: it becomes the beginning of the first message of the user.</summary>
    public static JsonArray WithoutSystem(JsonArray messages)
    {
        var system = string.Join(
            Between,
            messages.Where(message => Role(message) == "system").Select(message => Text(message?["content"]))
        );
        JsonArray kept = [.. messages.Where(message => Role(message) != "system").Select(message => message?.DeepClone())];
        if (system.Length == 0)
        {
            return kept;
        }

        if (kept.FirstOrDefault(message => Role(message) == "user") is not { } first)
        {
            kept.Insert(0, Message("user", system));
            return kept;
        }

        first["content"] = system + Between + Text(first["content"]);
        return kept;
    }

    /// <summary>For a template that wants one system message at most, first, and then user and assistant by turns.</summary>
    public static JsonArray Alternating(JsonArray messages)
    {
        var turns = new JsonArray();
        foreach (var message in messages)
        {
            var next = message!.DeepClone();
            if (Role(next) == "system" && turns.Count > 0 && Role(turns[^1]) != "system")
            {
                next["role"] = "user";
            }

            if (
                turns.Count > 0
                && Role(turns[^1]) == Role(next)
                && Role(next) != "tool"
                && next["tool_calls"] is null
                && turns[^1]!["tool_calls"] is null
            )
            {
                Append(turns[^1]!, Between, Text(next["content"]));
            }
            else
            {
                turns.Add(next);
            }
        }

        return turns;
    }

    public static string Role(JsonNode? message) =>
        message?["role"]?.GetValue<string>() switch
        {
            null => "user",
            "developer" => "system",
            var role => role,
        };

    /// <summary>A content, which may be a text, a list of parts, or null.</summary>
    public static string Text(JsonNode? content) =>
        content switch
        {
            JsonArray parts => string.Join('\n', parts.Select(part => Text(part?["text"]))),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
            null => "",
            _ => SpacedJson.Write(content),
        };

    private static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content };

    private static void Append(JsonNode message, string between, string text) =>
        message["content"] = Text(message["content"]) is { Length: > 0 } before ? before + between + text : text;

    private static string WithCalls(JsonNode message, string text, ToolCallSyntax syntax)
    {
        if (message["tool_calls"] is not JsonArray { Count: > 0 } calls)
        {
            return text;
        }

        var written = syntax.Write([.. calls.Select(call => Call(call!, new CallShape()))]);
        return text.Length == 0 ? written : $"{text}\n{written}";
    }

    private static JsonObject Said(JsonNode message, CallShape shape, Dictionary<string, string> names)
    {
        var text = Text(message["content"]);
        var said = Message(Role(message), text);
        // What a model thought before it answered is a field of its own in some templates.
        if (message["reasoning_content"] is { } thought)
        {
            said["reasoning_content"] = thought.DeepClone();
        }

        if (message["tool_calls"] is JsonArray { Count: > 0 } calls)
        {
            said["content"] = text.Length == 0 && shape.NullContent ? null : text;
            said["tool_calls"] = new JsonArray([.. calls.Select(call => Call(call!, shape))]);
            foreach (var call in calls)
            {
                names[Text(call?["id"])] = Text(call?["function"]?["name"]);
            }
        }

        return said;
    }

    private static JsonObject Result(JsonNode message, Dictionary<string, string> names)
    {
        var id = Text(message["tool_call_id"]);
        return new JsonObject
        {
            ["role"] = "tool",
            ["name"] = Text(message["name"]) is { Length: > 0 } name ? name : names.GetValueOrDefault(id, ""),
            ["tool_call_id"] = CallIds.Short(id),
            ["content"] = Text(message["content"]),
        };
    }

    private static JsonObject Call(JsonNode call, CallShape shape)
    {
        var arguments = Arguments(call["function"]?["arguments"]);
        return new JsonObject
        {
            ["id"] = CallIds.Short(Text(call["id"])),
            ["type"] = "function",
            ["function"] = new JsonObject
            {
                ["name"] = Text(call["function"]?["name"]),
                ["arguments"] = shape.TextArguments ? Text(arguments) : arguments,
            },
        };
    }

    /// <summary>As an object where it is one; a text that is no JSON stays a text.</summary>
    private static JsonNode Arguments(JsonNode? arguments)
    {
        if (arguments is not JsonValue || arguments.GetValueKind() != JsonValueKind.String)
        {
            return arguments?.DeepClone() ?? new JsonObject();
        }

        var text = arguments.GetValue<string>();
        try
        {
            return string.IsNullOrWhiteSpace(text)
                ? new JsonObject()
                : JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
                    ?? (JsonNode)text;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
