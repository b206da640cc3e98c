using System.IO.Compression;
using System.Text;
using Republic.Core.Providers.Upstream;

namespace Republic.Tests.World;

/// <summary>One way an upstream can fail, and how that must end.</summary>
/// <param name="Says">What the message must contain.</param>
/// <param name="When">In which way of asking it can happen.</param>
public sealed record Fault(string Name, Func<RawCall, Wire, Task> Script, ProviderErrorKind Kind, string Says, Ask When = Ask.Either)
{
    /// <summary>Whether streamed or not.</summary>
    public IEnumerable<bool> Ways => new[] { false, true }.Where(streamed => When.HasFlag(streamed ? Ask.Streamed : Ask.Whole));

    public Func<RawCall, Task> On(Wire wire) => call => Script(call, wire);

    public override string ToString() => Name;
}

[Flags]
public enum Ask
{
    Whole = 1,
    Streamed = 2,
    Either = 3,
}

/// <summary>What providers have been seen to do, and what hostile ones would.</summary>
public static class Faults
{
    public const string Key = "sk-canary-0123456789abcdef";

    private const string EventStream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    // csharpier-ignore: a table, one line for each fault
    public static IReadOnlyList<Fault> All { get; } =
    [
        new(
            "401 that echoes the key",
            (c, w) => c.JsonAsync(w.Error($"Incorrect API key provided: {Key}.", "authentication_error"), "401 Unauthorized"),
            ProviderErrorKind.BadKey,
            "answered 401: “Incorrect API key provided: …”. Check the key"
        ),
        new(
            "401 that echoes half the key",
            (c, w) => c.JsonAsync($$"""{"detail":"no {{Key[..14]}} here"}""", "401 Unauthorized"),
            ProviderErrorKind.BadKey,
            "“no … here”"
        ),
        new(
            "403",
            (c, w) => c.JsonAsync("""{"message":"Forbidden for this plan"}""", "403 Forbidden"),
            ProviderErrorKind.BadKey,
            "403: “Forbidden for this plan”"
        ),
        new(
            "404 model",
            (c, w) => c.JsonAsync("""{"error":"model 'x' not found"}""", "404 Not Found"),
            ProviderErrorKind.NotFound,
            "404: “model 'x' not found”. Check the model"
        ),
        new(
            "400",
            (c, w) => c.JsonAsync(w.Error("max_tokens is too large", "invalid_request_error"), "400 Bad Request"),
            ProviderErrorKind.BadRequest,
            "max_tokens is too large"
        ),
        new(
            "413",
            (c, w) => c.WholeAsync("413 Payload Too Large", "text/plain", "too long"),
            ProviderErrorKind.BadRequest,
            "413: “too long”"
        ),
        new(
            "422 detail list",
            (c, w) => c.JsonAsync("""{"detail":[{"loc":["body"],"msg":"field required"}]}""", "422 Unprocessable"),
            ProviderErrorKind.BadRequest,
            "“field required”"
        ),
        new(
            "402",
            (c, w) => c.JsonAsync(w.Error("Insufficient Balance", "billing_error"), "402 Payment Required"),
            ProviderErrorKind.BadKey,
            "no credit left"
        ),
        new(
            "429 with seconds",
            (c, w) => c.JsonAsync(w.Error("Rate limit", "rate_limit_error"), "429 Too Many Requests", "Retry-After: 17\r\n"),
            ProviderErrorKind.RateLimited,
            "wait 17 seconds"
        ),
        new(
            "429 without",
            (c, w) => c.JsonAsync("{}", "429 Too Many Requests"),
            ProviderErrorKind.RateLimited,
            "answered 429. Wait a little"
        ),
        new("408", (c, w) => c.JsonAsync("{}", "408 Request Timeout"), ProviderErrorKind.Timeout, "answered 408"),
        new(
            "500 web page",
            (c, w) => c.WholeAsync("500 Oops", "text/html", "<!DOCTYPE html><title>Oh no\r\n</title><p>x"),
            ProviderErrorKind.Unavailable,
            "500: “Oh no”. The fault is on its side"
        ),
        new("500 half letter", (c, w) => c.JsonAsync(w.Error("""\ud800""", "x"), "500"), ProviderErrorKind.Unavailable, "\\ud800"),
        new("502 empty", (c, w) => c.WholeAsync("502 Bad", "text/plain", ""), ProviderErrorKind.Unavailable, "answered 502. The fault"),
        new(
            "503 of 1 GB",
            async (c, w) => await EndlessAsync(c, "HTTP/1.1 503 Busy\r\nConnection: close\r\n\r\n", "z"),
            ProviderErrorKind.Unavailable,
            "answered 503: “zzz"
        ),
        new(
            "529 control characters",
            (c, w) => c.JsonAsync(w.Error("""a\u0000b\u001b[31m\n\nc""", "overloaded_error"), "529 Overloaded"),
            ProviderErrorKind.Unavailable,
            "529: “a b [31m c”"
        ),
        new(
            "redirect",
            (c, w) =>
                c.SendAsync(
                    "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                ),
            ProviderErrorKind.BadAnswer,
            "302, a redirect to “http://169.254.169.254/latest”"
        ),
        new(
            "307 redirect",
            (c, w) => c.SendAsync("HTTP/1.1 307 Moved\r\nLocation: /v2\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            ProviderErrorKind.BadAnswer,
            "Redirects are not followed"
        ),
        new("never answers", (c, w) => c.HangAsync(), ProviderErrorKind.Timeout, "sent nothing for"),
        new("headers drop by drop", (c, _) => SlowHeadersAsync(c), ProviderErrorKind.Timeout, "sent nothing for"),
        new(
            "body never comes",
            async (c, w) =>
            {
                await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{");
                await c.HangAsync();
            },
            ProviderErrorKind.Timeout,
            "sent nothing for"
        ),
        new("reset before the answer", (c, _) => Reset(c), ProviderErrorKind.Unreachable, "broke the connection off"),
        new(
            "closes without an answer",
            (_, _) => Task.CompletedTask,
            ProviderErrorKind.Unreachable,
            "closed the connection without an answer"
        ),
        new("no HTTP at all", (c, w) => c.SendAsync("SSH-2.0-OpenSSH_9.2\r\n\r\n"), ProviderErrorKind.BadAnswer, "did not answer in HTTP"),
        new(
            "a megabyte of headers",
            (c, w) => c.SendAsync("HTTP/1.1 200 OK\r\nX: " + new string('h', 1 << 20) + "\r\n\r\n"),
            ProviderErrorKind.BadAnswer,
            "did not answer in HTTP"
        ),
        new(
            "web page with 200",
            (c, w) => c.WholeAsync("200 OK", "text/html", "<html><title>Sign in</title>"),
            ProviderErrorKind.BadAnswer,
            "a web page titled “Sign in”. Check the base URL"
        ),
        new("garbage with 200", (c, w) => c.JsonAsync("}{ not json"), ProviderErrorKind.BadAnswer, "not the JSON it should be"),
        new("JSON of another kind", (c, w) => c.JsonAsync("[1,2,3]"), ProviderErrorKind.BadAnswer, "not the JSON it should be"),
        new("empty with 200", (c, w) => c.JsonAsync(""), ProviderErrorKind.BadAnswer, "empty answer"),
        new("no choices", (c, w) => c.JsonAsync(w.NoAnswer), ProviderErrorKind.BadAnswer, "without an answer in it"),
        new(
            "error with 200",
            (c, w) => c.JsonAsync(w.Error($"overloaded {Key}", "overloaded_error")),
            ProviderErrorKind.Unavailable,
            "broke off: “overloaded …”"
        ),
        new("gzip nobody asked for", GzipAsync, ProviderErrorKind.BadAnswer, "compressed answer"),
        new(
            "body cut short",
            (c, w) => c.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"id\":"),
            ProviderErrorKind.Interrupted,
            "before the answer was finished"
        ),
        new(
            "body of 1 GB",
            (c, w) => EndlessAsync(c, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n", "{\"a\":\""),
            ProviderErrorKind.BadAnswer,
            "MB. The answer was cut off"
        ),
        new(
            "stream cut in half",
            (c, w) => c.StreamAsync(w.Begin, w.Piece("Hel")),
            ProviderErrorKind.Interrupted,
            "before the answer was finished",
            Ask.Streamed
        ),
        new(
            "stream cut inside a frame",
            (c, w) => c.StreamAsync(w.Begin, w.Piece("Hel"), w.Piece("lo")[..40]),
            ProviderErrorKind.Interrupted,
            "before the answer was finished",
            Ask.Streamed
        ),
        new(
            "stream reset in the middle",
            async (c, w) =>
            {
                await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                await c.SendAsync(Chunk(w.Piece("Hel")));
            },
            ProviderErrorKind.Interrupted,
            "before the answer was finished",
            Ask.Streamed
        ),
        new(
            "stream stalls",
            async (c, w) =>
            {
                await c.StreamAsync(w.Begin, w.Piece("Hel"));
                await c.HangAsync();
            },
            ProviderErrorKind.Timeout,
            "sent nothing for",
            Ask.Streamed
        ),
        new("stream of comments for ever", CommentsForEverAsync, ProviderErrorKind.Timeout, "still answering after", Ask.Streamed),
        new(
            "stream with an error in it",
            (c, w) => c.StreamAsync(w.Begin, w.Piece("Hel"), w.ErrorEvent("GPU fell over")),
            ProviderErrorKind.Unavailable,
            "broke off: “GPU fell over”",
            Ask.Streamed
        ),
        new("stream of garbage", (c, w) => c.StreamAsync("data: {{{{\n\n"), ProviderErrorKind.BadAnswer, "not the JSON", Ask.Streamed),
        new("stream of plain text", (c, w) => c.StreamAsync("Internal error\n"), ProviderErrorKind.BadAnswer, "not the JSON", Ask.Streamed),
        new("stream without anything", (c, w) => c.StreamAsync(), ProviderErrorKind.BadAnswer, "empty answer", Ask.Streamed),
        new(
            "a line of 64 MB",
            (c, w) => EndlessAsync(c, EventStream, "data: {\"a\":\""),
            ProviderErrorKind.BadAnswer,
            "a line of more than 64 KB",
            Ask.Streamed
        ),
    ];

    private static Task Reset(RawCall call)
    {
        call.Reset();
        return Task.CompletedTask;
    }

    private static string Chunk(string text) => $"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n";

    private static async Task SlowHeadersAsync(RawCall call)
    {
        await call.SendAsync("HTTP/1.1 200 OK\r\nX: ");
        while (true)
        {
            await call.SendAsync("h");
            await Task.Delay(20, call.Stop);
        }
    }

    private static async Task CommentsForEverAsync(RawCall call, Wire wire)
    {
        await call.StreamAsync(wire.Begin, wire.Piece("Hel"));
        while (true)
        {
            await call.SendAsync(": still here\n\n");
            await Task.Delay(20, call.Stop);
        }
    }

    private static async Task EndlessAsync(RawCall call, string head, string start)
    {
        await call.SendAsync(head + start);
        var block = Encoding.ASCII.GetBytes(new string('z', 64 << 10));
        for (var sent = 0L; sent < 1L << 30; sent += block.Length)
        {
            await call.SendAsync(block);
        }
    }

    private static async Task GzipAsync(RawCall call, Wire wire)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(wire.Whole("Hello")));
        }

        await call.SendAsync(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\nConnection: close\r\n\r\n"
        );
        await call.SendAsync(packed.ToArray());
    }
}
