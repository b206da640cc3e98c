using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Republic.Core;
using Republic.Core.Tools.Calls;

namespace Republic.Web.Mcp;

/// <summary>
/// Checks the arguments of a call against the schema of its tool. A program that gets them wrong is told so as MCP has it, by an error; before the
/// call is handled, since there the SDK logs it as one of ours.
/// </summary>
internal static class McpArguments
{
    private const int LongestName = 100;

    public static McpMessageHandler Checked(McpMessageHandler next) =>
        (message, ct) =>
            message.JsonRpcMessage is JsonRpcRequest { Method: RequestMethods.ToolsCall } request
            && Problem(message.Server.ServerOptions.ToolCollection, request.Params) is { } problem
                ? throw new McpProtocolException(problem, McpErrorCode.InvalidParams)
                : next(message, ct);

    private static string? Problem(McpServerPrimitiveCollection<McpServerTool>? tools, JsonNode? call)
    {
        try
        {
            var asked = call.Deserialize<CallToolRequestParams>(McpJsonUtilities.DefaultOptions);
            return asked is not null && tools is not null && tools.TryGetPrimitive(asked.Name, out var tool)
                ? Problem(tool.ProtocolTool.InputSchema, asked.Arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
                : $"There is no tool “{asked?.Name.AtMost(LongestName)}”.";
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            return "The call names no tool, or its arguments hold half a character, or are nested too deep.";
        }
    }

    private static string? Problem(JsonElement schema, IDictionary<string, JsonElement> given) =>
        SchemaCheck.Problem(Closed(schema), JsonSerializer.SerializeToElement(given))
        ?? given
            .Where(argument => !CanBeRead(argument.Value))
            .Select(argument => $"“{argument.Key.AtMost(LongestName)}” holds something that cannot be read.")
            .FirstOrDefault();

    /// <summary>The schema of a tool that takes no arguments but those that it names.</summary>
    private static JsonElement Closed(JsonElement schema)
    {
        var closed = JsonObject.Create(schema)!;
        closed["additionalProperties"] = false;
        return JsonSerializer.SerializeToElement(closed);
    }

    /// <summary>False for a number beyond 32 bits, and for U+0000, which the database does not keep.</summary>
    private static bool CanBeRead(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => !value.GetString()!.Contains('\0', StringComparison.Ordinal),
            JsonValueKind.Number => value.TryGetInt32(out _),
            _ => true,
        };
}
