using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Republic.Core;
using Republic.Core.Tools.Calls;

namespace Republic.Web.Mcp;

/// <summary>Checks the arguments of a call against the schema of its tool. A program that gets them wrong is told so as MCP has it, by an error.</summary>
internal static class McpArguments
{
    private const int LongestName = 100;

    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Checked(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        (request, ct) =>
            request.MatchedPrimitive is McpServerTool tool
            && Problem(tool.ProtocolTool.InputSchema, request.Params?.Arguments) is { } problem
                ? throw new McpProtocolException(problem, McpErrorCode.InvalidParams)
                : next(request, ct);

    private static string? Problem(JsonElement schema, IDictionary<string, JsonElement>? arguments)
    {
        var given = arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        try
        {
            return SchemaCheck.Problem(Closed(schema), JsonSerializer.SerializeToElement(given))
                ?? given
                    .Where(argument => !CanBeRead(argument.Value))
                    .Select(argument => $"“{argument.Key.AtMost(LongestName)}” holds something that cannot be read.")
                    .FirstOrDefault();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            return "The arguments hold half a character, or are nested too deep.";
        }
    }

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
