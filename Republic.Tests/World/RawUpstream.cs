using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Republic.Tests.World;

/// <summary>A loopback server that answers byte by byte as a script says, HTTP or not: for every way an upstream can fail.</summary>
public sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    public RawUpstream()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    public int Port { get; }

    public string Authority => $"127.0.0.1:{Port}";

    public Uri BaseUrl => new($"http://{Authority}/v1");

    /// <summary>Every request, head and body together.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Ends once the client has gone away from the call in hand.</summary>
    public TaskCompletionSource ClientGone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<RawCall, Task> Script { get; set; } = call => call.JsonAsync(Say.Whole("Hello"));

    public async ValueTask DisposeAsync()
    {
        // Not disposed: a test may stop its upstream early, and the fixture stops it again.
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        var calls = new List<Task>();
        try
        {
            while (true)
            {
                calls.Add(ServeAsync(await listener.AcceptSocketAsync(stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(calls);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            using var call = new RawCall(socket, stop.Token);
            Requests.Enqueue(await call.ReadRequestAsync());
            await Script(call);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, or the test is over.
            ClientGone.TrySetResult();
        }
    }
}

public sealed class RawCall(Socket socket, CancellationToken stop) : IDisposable
{
    private readonly NetworkStream stream = new(socket, ownsSocket: true);

    public CancellationToken Stop => stop;

    /// <summary>Head and body, each byte one character.</summary>
    public string Request { get; private set; } = "";

    public async Task<string> ReadRequestAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[64 << 10];
        while (true)
        {
            var all = text.ToString();
            var end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && all.Contains("\r\nTransfer-Encoding: chunked\r\n", StringComparison.OrdinalIgnoreCase))
            {
                if (all.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
                {
                    return Request = all[..(end + 4)] + Chunks(all[(end + 4)..]);
                }
            }
            else if (end >= 0 && all.Length - end - 4 >= BodyLength(all))
            {
                return Request = all;
            }

            var count = await stream.ReadAsync(buffer, stop);
            if (count == 0)
            {
                throw new IOException("The client sent half a request.");
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await stream.WriteAsync(bytes, stop);

    public Task JsonAsync(string body, string status = "200 OK", string headers = "") =>
        WholeAsync(status, "application/json", body, headers);

    public Task WholeAsync(string status, string type, string body, string headers = "") =>
        SendAsync(
            $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{headers}\r\n{body}"
        );

    /// <summary>An event stream that ends with the connection.</summary>
    public async Task StreamAsync(params string[] frames)
    {
        await SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
        foreach (var frame in frames)
        {
            await SendAsync(frame);
        }
    }

    /// <summary>Says nothing more, and returns when the client has given up.</summary>
    public async Task HangAsync()
    {
        var buffer = new byte[1];
        while (await stream.ReadAsync(buffer, stop) > 0) { }

        throw new IOException("The client went away.");
    }

    public void Reset() => socket.Close(0);

    public void Dispose() => stream.Dispose();

    private static string Chunks(string body)
    {
        var text = new StringBuilder();
        for (var at = 0; ; )
        {
            var line = body.IndexOf("\r\n", at, StringComparison.Ordinal);
            var length = int.Parse(body.AsSpan(at, line - at), System.Globalization.NumberStyles.HexNumber);
            if (length == 0)
            {
                return text.ToString();
            }

            text.Append(body, line + 2, length);
            at = line + 2 + length + 2;
        }
    }

    private static int BodyLength(string head)
    {
        const string name = "content-length:";
        var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? 0 : int.Parse(head.AsSpan(at + name.Length, head.IndexOf('\r', at) - at - name.Length).Trim());
    }
}

/// <summary>Well-formed pieces of the chat-completions format.</summary>
public static class Say
{
    public static string Whole(string text) =>
        $$$"""{"id":"c1","object":"chat.completion","model":"vendor-model","choices":[{"index":0,"message":{"role":"assistant","content":"{{{text}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}""";

    public static string Piece(string text) =>
        $$$"""data: {"id":"c1","object":"chat.completion.chunk","model":"vendor-model","choices":[{"index":0,"delta":{"content":"{{{text}}}"},"finish_reason":null}]}{{{"\n\n"}}}""";

    public const string Finish =
        "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"vendor-model\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

    public const string Usage =
        "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"vendor-model\",\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,\"total_tokens\":10}}\n\n";

    public const string Done = "data: [DONE]\n\n";

    /// <summary>The end of a streamed answer that asks for calls.</summary>
    public static string Calls(IReadOnlyList<PlayedCall> calls)
    {
        var written = calls.Select(
            (call, i) =>
                new
                {
                    index = i,
                    id = call.Id,
                    type = "function",
                    function = new { name = call.Name, arguments = call.Arguments },
                }
        );
        return $$$"""data: {"id":"c1","object":"chat.completion.chunk","model":"vendor-model","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":{{{JsonSerializer.Serialize(
            written
        )}}}},"finish_reason":"tool_calls"}]}{{{"\n\n"}}}""";
    }
}
