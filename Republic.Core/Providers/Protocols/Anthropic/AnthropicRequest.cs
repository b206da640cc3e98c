using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core.Providers.Protocols.OpenAi;

namespace Republic.Core.Providers.Protocols.Anthropic;

/// <summary>A chat-completions request as the Messages API takes it. What has no place there is left out.</summary>
internal static class AnthropicRequest
{
    /// <summary>The API wants a limit; this one is taken where nobody gave one.</summary>
    public const int MaxTokens = 4096;

    public static JsonObject Translate(ModelTarget target, JsonElement given, bool stream)
    {
        var (system, messages) = new AnthropicMessages(target).Translate(given);
        var thinking = Thinking(given, messages);
        var kind = thinking is null ? null : OpenAiAnswer.Member(given.GetProperty("thinking"), "type");
        var body = new JsonObject
        {
            ["model"] = OpenAiAnswer.Member(given, "model") ?? target.ModelId,
            ["max_tokens"] =
                OpenAiAnswer.Number(given, "max_tokens")
                ?? OpenAiAnswer.Number(given, "max_completion_tokens")
                ?? MaxTokens + (kind == "enabled" ? OpenAiAnswer.Number(given.GetProperty("thinking"), "budget_tokens") ?? 0 : 0),
        };
        var format = Format(given, ref system);
        if (system.Length > 0)
        {
            body["system"] = system;
        }

        body["messages"] = messages;
        if (thinking is not null)
        {
            body["thinking"] = thinking;
        }

        // A model that thinks takes no sampling settings.
        if (kind is null or "disabled")
        {
            Sample(given, body);
        }

        if (Stops(given) is { Count: > 0 } stops)
        {
            body["stop_sequences"] = stops;
        }

        AnthropicTools.Add(target, given, body);
        if (Output(given, format) is { Count: > 0 } output)
        {
            body["output_config"] = output;
        }

        if (Object(given, "cache_control") is { } cache)
        {
            body["cache_control"] = cache;
        }

        if (stream)
        {
            body["stream"] = true;
        }

        return body;
    }

    public static JsonObject? Object(JsonElement given, string name) =>
        given.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? JsonObject.Create(value.Clone()) : null;

    // Models of the last years refuse both at once, and 1 is what either is without being said.
    private static void Sample(JsonElement given, JsonObject body)
    {
        if (Number(given, "temperature") is { } temperature && temperature != 1)
        {
            body["temperature"] = Math.Clamp(temperature, 0, 1);
        }
        else if (Number(given, "top_p") is { } share && share != 1)
        {
            body["top_p"] = Math.Clamp(share, 0, 1);
        }

        if (OpenAiAnswer.Number(given, "top_k") is > 0 and var candidates)
        {
            body["top_k"] = candidates;
        }
    }

    // A thought must come back with the calls it led to, and chat completions have no place to carry it.
    private static JsonObject? Thinking(JsonElement given, JsonArray messages)
    {
        var answersCalls = messages[^1]!["content"]!.AsArray().Any(block => (string?)block!["type"] == "tool_result");
        return
            given.TryGetProperty("thinking", out var wanted)
            && wanted.ValueKind == JsonValueKind.Object
            && !(answersCalls && OpenAiAnswer.Member(wanted, "type") == "enabled")
            ? Object(given, "thinking")
            : null;
    }

    private static JsonArray? Stops(JsonElement given)
    {
        if (!given.TryGetProperty("stop", out var stop))
        {
            return null;
        }

        var texts = stop.ValueKind == JsonValueKind.Array ? stop.EnumerateArray().Select(OpenAiAnswer.Text) : [OpenAiAnswer.Text(stop)];
        // One of blanks alone is refused.
        return new JsonArray([.. texts.Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => JsonValue.Create(text))]);
    }

    private static JsonObject? Format(JsonElement given, ref string system)
    {
        if (!given.TryGetProperty("response_format", out var format) || format.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var kind = OpenAiAnswer.Member(format, "type");
        var schema =
            kind == "json_schema" && format.TryGetProperty("json_schema", out var named) && named.ValueKind == JsonValueKind.Object
                ? Object(named, "schema")
                : null;
        if (schema is not null)
        {
            Close(schema);
            return new JsonObject { ["type"] = "json_schema", ["schema"] = schema };
        }

        if (kind is "json_schema" or "json_object")
        {
            // There is no such mode, and models that always think refuse to be forced to a tool.
            const string ask = "Reply with one JSON object and nothing else: no words around it and no code fence.";
            system = system.Length == 0 ? ask : $"{system}\n\n{ask}";
        }

        return null;
    }

    // The API wants every object of a schema closed.
    private static void Close(JsonNode? schema)
    {
        if (schema is JsonObject branch)
        {
            if (branch.ContainsKey("properties") && branch["properties"] is JsonObject)
            {
                branch.TryAdd("additionalProperties", false);
            }

            foreach (var (_, inner) in branch.ToList())
            {
                Close(inner);
            }
        }
        else if (schema is JsonArray list)
        {
            foreach (var inner in list)
            {
                Close(inner);
            }
        }
    }

    private static JsonObject Output(JsonElement given, JsonObject? format)
    {
        var output = new JsonObject();
        if (format is not null)
        {
            output["format"] = format;
        }

        if (OpenAiAnswer.Member(given, "reasoning_effort") is { } effort && effort != "none")
        {
            output["effort"] = effort == "minimal" ? "low" : effort;
        }

        return output;
    }

    private static decimal? Number(JsonElement given, string name) =>
        given.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)
            ? number
            : null;
}
