using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>
/// A tool server (MCP over HTTP) on loopback, which lies as the test says. Unless told otherwise it has one tool, “echo”, which gives back the
/// text that it is given.
/// </summary>
public sealed class ToolServerStub : IAsyncDisposable
{
    private readonly RawUpstream upstream = new();
    private int calls;
    private long sent;

    public ToolServerStub()
    {
        upstream.Script = ServeAsync;
        Lists(Tool("echo", "Gives back a text."));
    }

    public string Url => $"http://{upstream.Authority}/mcp";

    /// <summary>Every request, head and body together.</summary>
    public IReadOnlyCollection<string> Requests => upstream.Requests;

    /// <summary>How often a tool was called.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <summary>Bytes that it got rid of by <see cref="FloodAsync"/>.</summary>
    public long Sent => Interlocked.Read(ref sent);

    /// <summary>As the members of an array of JSON.</summary>
    private string Listed { get; set; } = "";

    /// <summary>The result of a call, by its arguments.</summary>
    public Func<JsonNode, string> Result { get; set; } = arguments => Text(arguments["text"]?.ToString() ?? "");

    /// <summary>Answers a method itself, and says that it did.</summary>
    public Func<string, RawCall, Task<bool>> Lie { get; set; } = (_, _) => Task.FromResult(false);

    public void Lists(params IEnumerable<string> tools) => Listed = string.Join(',', tools);

    public static string Tool(
        string name,
        string description,
        string schema = """{"type":"object","properties":{"text":{"type":"string"}}}"""
    ) => $$"""{"name":{{Json(name)}},"description":{{Json(description)}},"inputSchema":{{schema}}}""";

    /// <summary>The result of a call that is this text.</summary>
    public static string Text(string text) => $$"""{"content":[{"type":"text","text":{{Json(text)}}}]}""";

    /// <summary>Answers with an error.</summary>
    public static Task RefuseAsync(RawCall call, string message)
    {
        ArgumentNullException.ThrowIfNull(call);
        var id = call.Request.AsSpan(call.Request.LastIndexOf("\"id\":", StringComparison.Ordinal) + 5);
        var number = id[..id.IndexOfAny(',', '}')].ToString();
        return call.JsonAsync($$$"""{"jsonrpc":"2.0","id":{{{number}}},"error":{"message":{{{Json(message)}}},"code":-32000}}""");
    }

    /// <summary>Lies about one method alone.</summary>
    public void LiesAbout(string method, Func<RawCall, Task> lie) =>
        Lie = async (asked, call) =>
        {
            if (asked != method)
            {
                return false;
            }

            await lie(call);
            return true;
        };

    /// <summary>Writes a stream of a gigabyte, until nobody reads it any more.</summary>
    public async Task FloodAsync(RawCall call)
    {
        await call.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: ");
        var piece = new byte[64 << 10];
        Array.Fill(piece, (byte)'x');
        for (var written = 0L; written < 1L << 30; written += piece.Length)
        {
            await call.SendAsync(piece);
            Interlocked.Add(ref sent, piece.Length);
        }
    }

    public ValueTask DisposeAsync() => upstream.DisposeAsync();

    private async Task ServeAsync(RawCall call)
    {
        var body = call.Request[(call.Request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        if (body.Length == 0 || JsonNode.Parse(body) is not JsonObject asked || asked["method"]?.ToString() is not { } method)
        {
            await call.WholeAsync("405 Method Not Allowed", "text/plain", "");
            return;
        }

        if (method == "tools/call")
        {
            Interlocked.Increment(ref calls);
        }

        if (await Lie(method, call))
        {
            return;
        }

        if (asked["id"] is not { } id)
        {
            await call.WholeAsync("202 Accepted", "text/plain", "");
            return;
        }

        await call.JsonAsync(
            Answer(method, asked["params"]) is { } result
                ? $$$"""{"jsonrpc":"2.0","id":{{{id.ToJsonString()}}},"result":{{{result}}}}"""
                : $$$"""{"jsonrpc":"2.0","id":{{{id.ToJsonString()}}},"error":{"code":-32601,"message":"Method not found"}}"""
        );
    }

    private string? Answer(string method, JsonNode? order) =>
        method switch
        {
            "initialize" => """{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"stub","version":"1.0"}}""",
            "tools/list" => $$"""{"tools":[{{Listed}}]}""",
            "tools/call" => Result(order!["arguments"] ?? new JsonObject()),
            _ => null,
        };

    private static string Json(string text) => JsonSerializer.Serialize(text);
}
