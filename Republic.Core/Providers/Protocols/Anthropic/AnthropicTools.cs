using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Protocols.Anthropic;

/// <summary>Declared tools, and whether one must be used.</summary>
internal static class AnthropicTools
{
    public static void Add(ModelTarget target, JsonElement given, JsonObject body)
    {
        if (!given.TryGetProperty("tools", out var tools) || tools.ValueKind != JsonValueKind.Array || tools.GetArrayLength() == 0)
        {
            return;
        }

        body["tools"] = new JsonArray([.. tools.EnumerateArray().Select(tool => Tool(target, tool))]);
        var choice = given.TryGetProperty("tool_choice", out var wanted) ? Choice(wanted) : null;
        var oneAtATime = given.TryGetProperty("parallel_tool_calls", out var several) && several.ValueKind == JsonValueKind.False;
        if (oneAtATime && (string?)choice?["type"] != "none")
        {
            choice ??= new JsonObject { ["type"] = "auto" };
            choice["disable_parallel_tool_use"] = true;
        }

        if (choice is not null)
        {
            body["tool_choice"] = choice;
        }
    }

    private static JsonObject Tool(ModelTarget target, JsonElement tool)
    {
        if (
            tool.ValueKind != JsonValueKind.Object
            || !tool.TryGetProperty("function", out var function)
            || function.ValueKind != JsonValueKind.Object
            || OpenAiAnswer.Member(function, "name") is not { Length: > 0 } name
        )
        {
            throw ProviderErrors.BadRequest(target, "takes tools of the type function, each with a name. Leave the others out.");
        }

        var declared = new JsonObject { ["name"] = name };
        if (OpenAiAnswer.Member(function, "description") is { Length: > 0 } description)
        {
            declared["description"] = description;
        }

        var schema = AnthropicRequest.Object(function, "parameters") ?? [];
        schema.TryAdd("type", "object");
        declared["input_schema"] = schema;
        if (function.TryGetProperty("strict", out var strict) && strict.ValueKind == JsonValueKind.True)
        {
            declared["strict"] = true;
        }

        return declared;
    }

    private static JsonObject? Choice(JsonElement wanted)
    {
        if (wanted.ValueKind == JsonValueKind.Object)
        {
            return
                wanted.TryGetProperty("function", out var function)
                && function.ValueKind == JsonValueKind.Object
                && OpenAiAnswer.Member(function, "name") is { } name
                ? new JsonObject { ["type"] = "tool", ["name"] = name }
                : null;
        }

        return OpenAiAnswer.Text(wanted) switch
        {
            "auto" => new JsonObject { ["type"] = "auto" },
            "none" => new JsonObject { ["type"] = "none" },
            "required" => new JsonObject { ["type"] = "any" },
            _ => null,
        };
    }
}
