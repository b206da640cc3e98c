using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Republic.Core.Providers.Protocols.OpenAi;

/// <summary>Tools in a request: what there is, whether it must be used, what was called and what came of it.</summary>
internal static class OpenAiTools
{
    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions)
    {
        WriteIndented = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonArray? Declared(IList<AITool>? tools) => tools is { Count: > 0 } ? new JsonArray([.. tools.Select(Declared)]) : null;

    public static JsonNode? Choice(ChatToolMode? mode) =>
        mode switch
        {
            NoneChatToolMode => "none",
            RequiredChatToolMode { RequiredFunctionName: { } name } => new JsonObject
            {
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = name },
            },
            RequiredChatToolMode => "required",
            AutoChatToolMode => "auto",
            _ => null,
        };

    public static JsonArray? Calls(ChatMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().ToList();
        return calls.Count == 0 ? null : new JsonArray([.. calls.Select(Call)]);
    }

    /// <summary>Each result is a message of its own, told by the call it answers.</summary>
    public static IEnumerable<JsonObject> Results(ChatMessage message) =>
        message
            .Contents.OfType<FunctionResultContent>()
            .Select(result => new JsonObject
            {
                ["role"] = "tool",
                ["tool_call_id"] = result.CallId,
                ["content"] = Result(result),
            });

    private static JsonNode Declared(AITool tool)
    {
        if (tool is not AIFunctionDeclaration function)
        {
            throw new NotSupportedException($"{tool.GetType().Name} cannot be sent in this format.");
        }

        var declared = new JsonObject { ["name"] = function.Name };
        if (function.Description.Length > 0)
        {
            declared["description"] = function.Description;
        }

        declared["parameters"] = JsonNode.Parse(function.JsonSchema.GetRawText());
        return new JsonObject { ["type"] = "function", ["function"] = declared };
    }

    private static JsonNode Call(FunctionCallContent call) =>
        new JsonObject
        {
            ["id"] = call.CallId,
            ["type"] = "function",
            ["function"] = new JsonObject
            {
                ["name"] = call.Name,
                ["arguments"] = JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>(), Compact),
            },
        };

    private static string Result(FunctionResultContent result) =>
        result.Exception is { } failed ? $"Error: {failed.Message}"
        : result.Result is string text ? text
        : result.Result is JsonElement { ValueKind: JsonValueKind.String } told ? OpenAiAnswer.Text(told)!
        : JsonSerializer.Serialize(result.Result, Compact);
}
