using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Protocols.Anthropic;

/// <summary>
/// The messages of a chat-completions request. What system messages say stands before all others, roles alternate, and the person
/// speaks first.
/// </summary>
internal sealed class AnthropicMessages(ModelTarget target)
{
    private readonly List<string> system = [];
    private readonly JsonArray messages = [];

    public (string System, JsonArray Messages) Translate(JsonElement given)
    {
        if (!given.TryGetProperty("messages", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            throw ProviderErrors.BadRequest(target, "was sent no messages.");
        }

        foreach (var message in list.EnumerateArray())
        {
            if (message.ValueKind != JsonValueKind.Object)
            {
                throw ProviderErrors.BadRequest(target, "takes messages that are objects with role and content.");
            }

            Add(message);
        }

        if (messages.Count == 0 || (string?)messages[0]!["role"] == "assistant")
        {
            messages.Insert(0, new JsonObject { ["role"] = "user", ["content"] = new JsonArray(Text("Begin.")) });
        }

        TrimEnd();
        return (string.Join("\n\n", system), messages);
    }

    private void Add(JsonElement message)
    {
        switch (OpenAiAnswer.Member(message, "role"))
        {
            case "system" or "developer":
                if (OpenAiAnswer.Content(message) is { Length: > 0 } told)
                {
                    system.Add(told);
                }

                break;
            case "user":
                Append("user", Blocks(message));
                break;
            case "assistant":
                Append("assistant", Blocks(message).Concat(Calls(message)));
                break;
            case "tool":
                Append("user", [Result(message)]);
                break;
            case var role:
                throw ProviderErrors.BadRequest(
                    target,
                    $"knows no messages of the role “{ProviderWords.Clean(role ?? "", target.ApiKey)}”."
                );
        }
    }

    private void Append(string role, IEnumerable<JsonObject> blocks)
    {
        var all = blocks.ToArray<JsonNode>();
        if (all.Length == 0)
        {
            return;
        }

        if (messages.Count > 0 && (string?)messages[^1]!["role"] == role)
        {
            var before = messages[^1]!["content"]!.AsArray();
            foreach (var block in all)
            {
                before.Add(block);
            }
        }
        else
        {
            messages.Add(new JsonObject { ["role"] = role, ["content"] = new JsonArray(all) });
        }
    }

    private IEnumerable<JsonObject> Blocks(JsonElement message)
    {
        if (!message.TryGetProperty("content", out var content))
        {
            return [];
        }

        return content.ValueKind switch
        {
            JsonValueKind.String when OpenAiAnswer.Text(content) is { } text && !string.IsNullOrWhiteSpace(text) => [Text(text)],
            JsonValueKind.Array => content.EnumerateArray().Select(Block).OfType<JsonObject>(),
            _ => [],
        };
    }

    private JsonObject? Block(JsonElement part)
    {
        var kind = part.ValueKind == JsonValueKind.Object ? OpenAiAnswer.Member(part, "type") : null;
        switch (kind)
        {
            case "text" or "refusal":
                // An empty text is refused.
                return OpenAiAnswer.Member(part, kind) is { } text && !string.IsNullOrWhiteSpace(text) ? Cached(Text(text), part) : null;
            case "image_url" when Inner(part, "image_url", "url") is { } url:
                return Cached(new JsonObject { ["type"] = "image", ["source"] = Source(url) }, part);
            case "file" when Inner(part, "file", "file_data") is { } data:
                return Cached(new JsonObject { ["type"] = "document", ["source"] = Source(data) }, part);
            default:
                throw ProviderErrors.BadRequest(
                    target,
                    $"takes text, images and PDF files in a message, and was sent “{ProviderWords.Clean(kind ?? "", target.ApiKey)}”. Leave it out."
                );
        }
    }

    private JsonObject Source(string url)
    {
        const string data = "data:";
        if (!url.StartsWith(data, StringComparison.OrdinalIgnoreCase))
        {
            return new JsonObject { ["type"] = "url", ["url"] = url };
        }

        var comma = url.IndexOf(',', StringComparison.Ordinal);
        var head = comma < 0 ? "" : url[data.Length..comma];
        return head.EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
            ? new JsonObject
            {
                ["type"] = "base64",
                ["media_type"] = head[..head.IndexOf(';', StringComparison.Ordinal)],
                ["data"] = url[(comma + 1)..],
            }
            : throw ProviderErrors.BadRequest(target, "takes images in data URLs as base64.");
    }

    private IEnumerable<JsonObject> Calls(JsonElement message)
    {
        if (!message.TryGetProperty("tool_calls", out var calls) || calls.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var call in calls.EnumerateArray())
        {
            if (call.ValueKind != JsonValueKind.Object || Inner(call, "function", "name") is not { } name)
            {
                throw ProviderErrors.BadRequest(target, "was sent a tool call without a name.");
            }

            yield return new JsonObject
            {
                ["type"] = "tool_use",
                ["id"] = OpenAiAnswer.Member(call, "id") ?? "",
                ["name"] = name,
                ["input"] = Input(Inner(call, "function", "arguments")),
            };
        }
    }

    // A model may have called with anything; a conversation is not lost over it.
    private static JsonNode Input(string? arguments)
    {
        if (string.IsNullOrWhiteSpace(arguments))
        {
            return new JsonObject();
        }

        try
        {
            return JsonNode.Parse(arguments) as JsonObject ?? new JsonObject { ["arguments"] = arguments };
        }
        catch (JsonException)
        {
            return new JsonObject { ["arguments"] = arguments };
        }
    }

    private JsonObject Result(JsonElement message) =>
        new()
        {
            ["type"] = "tool_result",
            ["tool_use_id"] =
                OpenAiAnswer.Member(message, "tool_call_id")
                ?? throw ProviderErrors.BadRequest(target, "was sent a tool's result without the id of its call."),
            ["content"] = new JsonArray([.. Blocks(message)]),
        };

    // The last word of an assistant is one to go on from, and must not end in blanks.
    private void TrimEnd()
    {
        if (
            (string?)messages[^1]!["role"] == "assistant"
            && messages[^1]!["content"]!.AsArray()[^1] is JsonObject block
            && block["text"] is { } text
        )
        {
            block["text"] = ((string?)text)!.TrimEnd();
        }
    }

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    private static JsonObject Cached(JsonObject block, JsonElement part)
    {
        if (AnthropicRequest.Object(part, "cache_control") is { } cache)
        {
            block["cache_control"] = cache;
        }

        return block;
    }

    private static string? Inner(JsonElement part, string name, string member) =>
        part.TryGetProperty(name, out var inner) && inner.ValueKind == JsonValueKind.Object ? OpenAiAnswer.Member(inner, member) : null;
}
