using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Republic.Core.Tools.Servers;

/// <summary>The tools that a server lists. One that cannot be used is left out, and takes no other with it.</summary>
/// <param name="Tools">The tools that can be used, by name.</param>
/// <param name="LeftOut">How many cannot be used: too large, no object of arguments, half a character in it, or more than are kept.</param>
internal sealed record ToolListing(IReadOnlyList<ServerTool> Tools, int LeftOut)
{
    public const int MaxTools = 200;
    public const int MaxName = 200;
    public const int MaxDescription = 4000;

    /// <summary>The most bytes of UTF-8 that a schema has.</summary>
    public const int MaxSchema = 32 * 1024;

    private const int MaxPages = 20;

    /// <param name="secrets">What the server was given: no description has it.</param>
    public static async Task<ToolListing> ReadAsync(McpClient session, ToolServerSecrets secrets, CancellationToken ct)
    {
        var tools = new Dictionary<string, ServerTool>(StringComparer.Ordinal);
        var listed = 0;
        string? cursor = null;
        for (var page = 0; page < MaxPages && tools.Count < MaxTools; page++)
        {
            var request = new JsonRpcRequest
            {
                Method = RequestMethods.ToolsList,
                Params = cursor is null ? new JsonObject() : new JsonObject { ["cursor"] = cursor },
            };
            if ((await session.SendRequestAsync(request, ct)).Result is not JsonObject said || said["tools"] is not JsonArray all)
            {
                throw new JsonException("It lists no tools.");
            }

            foreach (var one in all)
            {
                listed++;
                if (tools.Count < MaxTools && Read(one, secrets) is { } tool)
                {
                    tools.TryAdd(tool.Name, tool);
                }
            }

            cursor = said["nextCursor"] is JsonValue next && next.TryGetValue<JsonElement>(out var text) ? text.Text() : null;
            if (cursor is null)
            {
                break;
            }
        }

        return new ToolListing([.. tools.Values.OrderBy(tool => tool.Name, StringComparer.Ordinal)], listed - tools.Count);
    }

    private static ServerTool? Read(JsonNode? listed, ToolServerSecrets secrets)
    {
        try
        {
            // Each by itself: this fails where one holds half a surrogate pair.
            var tool = listed.Deserialize<JsonElement>();
            var (name, description) = (tool.Text("name") ?? "", tool.Text("description") ?? "");
            return
                name.Length is > 0 and <= MaxName
                && name.All(sign => sign is > ' ' and < '\x7f')
                && description.Length <= MaxDescription
                && FieldRules.IsText(description)
                && tool.TryGetProperty("inputSchema", out var schema)
                && IsUsable(schema)
                ? Of(name, secrets.Hide(description), secrets.Hide(schema)) with
                {
                    SaysReadOnly = SaysReadOnly(tool),
                }
                : null;
        }
        catch (Exception error) when (error is InvalidOperationException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The digest is of what is kept, so that a server that quotes a token says nothing else once it is renewed.</summary>
    private static ServerTool Of(string name, string description, JsonElement schema) =>
        new(name, description, schema.Clone(), ToolHash.Of(name, description, schema));

    private static bool SaysReadOnly(JsonElement tool) =>
        tool.TryGetProperty("annotations", out var hints)
        && hints.ValueKind == JsonValueKind.Object
        && hints.TryGetProperty("readOnlyHint", out var hint)
        && hint.ValueKind == JsonValueKind.True;

    private static bool IsUsable(JsonElement schema)
    {
        if (
            schema.ValueKind != JsonValueKind.Object
            || schema.Text("type") != "object"
            || Encoding.UTF8.GetByteCount(schema.GetRawText()) > MaxSchema
        )
        {
            return false;
        }

        var rules = new FieldRules([]);
        rules.Json("input_schema", "The schema", schema);
        return rules.Errors.Count == 0;
    }
}
