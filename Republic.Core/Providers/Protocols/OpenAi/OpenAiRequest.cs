using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Protocols.OpenAi;

/// <summary>Writes a chat-completions request.</summary>
internal static class OpenAiRequest
{
    /// <summary>For the model host alone, which finds the model by its file then.</summary>
    public const string InstalledField = "installed";

    public static void WriteInstalled(Utf8JsonWriter json, InstalledModel? model)
    {
        if (model is not null)
        {
            json.WritePropertyName(InstalledField);
            model.ToJson().WriteTo(json);
        }
    }

    public static void WriteForModelHost(Utf8JsonWriter json, OpenAiRelayRules rules)
    {
        if (rules is { WholeHistory: true, Provider.Transport: ProviderTransport.ModelHost })
        {
            json.WriteBoolean("whole_history"u8, true);
        }

        if (rules.Adapters.Count == 0)
        {
            return;
        }

        json.WriteStartArray("adapters"u8);
        foreach (var adapter in rules.Adapters)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, adapter.Name);
            json.WriteNumber("scale"u8, adapter.Scale);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static JsonObject Chat(ModelTarget target, IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream)
    {
        var body = new JsonObject
        {
            ["model"] = options?.ModelId ?? target.ModelId,
            ["messages"] = new JsonArray([.. Instructions(options), .. messages.SelectMany(Messages)]),
        };
        if (stream)
        {
            body["stream"] = true;
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        if (target.Installed is not null)
        {
            body[InstalledField] = target.Installed.ToJson();
        }

        if (target.Adapters.Count > 0)
        {
            body["adapters"] = new JsonArray([.. target.Adapters.Select(Adapter)]);
        }

        if (options is not null)
        {
            Set(body, "temperature", options.Temperature);
            Set(body, "top_p", options.TopP);
            Set(body, "top_k", options.TopK);
            Set(body, target.Provider.MaxTokensField, options.MaxOutputTokens);
            Set(body, "frequency_penalty", options.FrequencyPenalty);
            Set(body, "presence_penalty", options.PresencePenalty);
            // As a JsonNode: it would go through float, and lose its last digits.
            Set(body, "seed", (JsonNode?)options.Seed);
            Set(
                body,
                "stop",
                options.StopSequences is { Count: > 0 } stops ? new JsonArray([.. stops.Select(stop => JsonValue.Create(stop))]) : null
            );
            Set(body, "response_format", Format(options.ResponseFormat));
            if (OpenAiTools.Declared(options.Tools) is { } tools)
            {
                body["tools"] = tools;
                Set(body, "tool_choice", OpenAiTools.Choice(options.ToolMode));
                Set(body, "parallel_tool_calls", options.AllowMultipleToolCalls is { } several ? JsonValue.Create(several) : null);
            }
        }

        return body;
    }

    private static void Set(JsonObject body, string name, JsonNode? value)
    {
        if (value is not null)
        {
            body[name] = value;
        }
    }

    // Without the rounding 0.7f would be sent as 0.699999988079071.
    private static void Set(JsonObject body, string name, float? value) =>
        Set(body, name, value is { } number ? (JsonNode)(decimal)number : null);

    private static IEnumerable<JsonNode> Instructions(ChatOptions? options) =>
        string.IsNullOrEmpty(options?.Instructions) ? [] : [new JsonObject { ["role"] = "system", ["content"] = options.Instructions }];

    private static JsonObject Adapter(ModelAdapter adapter) => new() { ["name"] = adapter.Name, ["scale"] = (decimal)adapter.Scale };

    private static IEnumerable<JsonNode> Messages(ChatMessage message)
    {
        var results = OpenAiTools.Results(message).ToList();
        return results.Count > 0 ? results : [Message(message)];
    }

    private static JsonObject Message(ChatMessage message)
    {
        var written = new JsonObject { ["role"] = message.Role.Value };
        var calls = OpenAiTools.Calls(message);
        if (calls is not null || message.Contents.All(content => content is TextContent or TextReasoningContent or UsageContent))
        {
            // Beside calls, a text that is empty is refused here and there; one that is not there is not.
            written["content"] = calls is not null && message.Text.Length == 0 ? null : message.Text;
        }
        else
        {
            written["content"] = new JsonArray([.. message.Contents.Select(Part).OfType<JsonNode>()]);
        }

        if (calls is not null)
        {
            written["tool_calls"] = calls;
        }

        if (message.AuthorName is { Length: > 0 } name)
        {
            written["name"] = name;
        }

        return written;
    }

    private static JsonObject? Part(AIContent content) =>
        content switch
        {
            TextContent text => new JsonObject { ["type"] = "text", ["text"] = text.Text },
            DataContent data when data.HasTopLevelMediaType("image") => Image(data.Uri),
            UriContent uri when uri.HasTopLevelMediaType("image") => Image(uri.Uri.AbsoluteUri),
            TextReasoningContent or UsageContent => null,
            _ => throw new NotSupportedException($"{content.GetType().Name} cannot be sent in this format."),
        };

    private static JsonObject Image(string url) =>
        new()
        {
            ["type"] = "image_url",
            ["image_url"] = new JsonObject { ["url"] = url },
        };

    private static JsonObject? Format(ChatResponseFormat? format) =>
        format switch
        {
            ChatResponseFormatJson { Schema: { } schema } json => new JsonObject
            {
                ["type"] = "json_schema",
                ["json_schema"] = new JsonObject
                {
                    ["name"] = json.SchemaName ?? "answer",
                    ["schema"] = JsonNode.Parse(schema.GetRawText()),
                },
            },
            ChatResponseFormatJson => new JsonObject { ["type"] = "json_object" },
            _ => null,
        };
}
