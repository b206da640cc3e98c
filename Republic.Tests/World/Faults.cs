using System.IO.Compression;
using System.Text;
using Republic.Core.Providers;

namespace Republic.Tests.World;

/// <summary>One way an upstream can fail, and how that must end.</summary>
/// <param name="Says">What the message must contain.</param>
/// <param name="When">In which way of asking it can happen.</param>
public sealed record Fault(string Name, Func<RawCall, Task> Script, ProviderErrorKind Kind, string Says, Ask When = Ask.Either)
{
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
            c =>
                c.JsonAsync(
                    $$$"""{"error":{"message":"Incorrect API key provided: {{{Key}}}.","type":"invalid_request_error"}}""",
                    "401 Unauthorized"
                ),
            ProviderErrorKind.BadKey,
            "Custom answered 401: “Incorrect API key provided: …”. Check the key"
        ),
        new(
            "401 that echoes half the key",
            c => c.JsonAsync($$"""{"detail":"no {{Key[..14]}} here"}""", "401 Unauthorized"),
            ProviderErrorKind.BadKey,
            "“no … here”"
        ),
        new(
            "403",
            c => c.JsonAsync("""{"message":"Forbidden for this plan"}""", "403 Forbidden"),
            ProviderErrorKind.BadKey,
            "403: “Forbidden for this plan”"
        ),
        new(
            "404 model",
            c => c.JsonAsync("""{"error":"model 'x' not found"}""", "404 Not Found"),
            ProviderErrorKind.NotFound,
            "404: “model 'x' not found”. Check the model"
        ),
        new(
            "400",
            c => c.JsonAsync("""{"error":{"message":"max_tokens is too large"}}""", "400 Bad Request"),
            ProviderErrorKind.BadRequest,
            "max_tokens is too large"
        ),
        new("413", c => c.WholeAsync("413 Payload Too Large", "text/plain", "too long"), ProviderErrorKind.BadRequest, "413: “too long”"),
        new(
            "422 detail list",
            c => c.JsonAsync("""{"detail":[{"loc":["body"],"msg":"field required"}]}""", "422 Unprocessable"),
            ProviderErrorKind.BadRequest,
            "“field required”"
        ),
        new(
            "402",
            c => c.JsonAsync("""{"error":{"message":"Insufficient Balance"}}""", "402 Payment Required"),
            ProviderErrorKind.BadRequest,
            "no credit left"
        ),
        new(
            "429 with seconds",
            c => c.JsonAsync("""{"error":{"message":"Rate limit"}}""", "429 Too Many Requests", "Retry-After: 17\r\n"),
            ProviderErrorKind.RateLimited,
            "wait 17 seconds"
        ),
        new("429 without", c => c.JsonAsync("{}", "429 Too Many Requests"), ProviderErrorKind.RateLimited, "answered 429. Wait a little"),
        new("408", c => c.JsonAsync("{}", "408 Request Timeout"), ProviderErrorKind.Timeout, "answered 408"),
        new(
            "500 web page",
            c => c.WholeAsync("500 Oops", "text/html", "<!DOCTYPE html><title>Oh no\r\n</title><p>x"),
            ProviderErrorKind.Unavailable,
            "500: “Oh no”. The fault is on its side"
        ),
        new("502 empty", c => c.WholeAsync("502 Bad Gateway", "text/plain", ""), ProviderErrorKind.Unavailable, "answered 502. The fault"),
        new(
            "503 of 1 GB",
            async c => await EndlessAsync(c, "HTTP/1.1 503 Busy\r\nConnection: close\r\n\r\n", "z"),
            ProviderErrorKind.Unavailable,
            "answered 503: “zzz"
        ),
        new(
            "529 control characters",
            c => c.JsonAsync("""{"error":{"message":"a\u0000b\u001b[31m\n\nc"}}""", "529 Overloaded"),
            ProviderErrorKind.Unavailable,
            "529: “a b [31m c”"
        ),
        new(
            "redirect",
            c =>
                c.SendAsync(
                    "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                ),
            ProviderErrorKind.BadAnswer,
            "302, a redirect to “http://169.254.169.254/latest”"
        ),
        new(
            "307 redirect",
            c => c.SendAsync("HTTP/1.1 307 Moved\r\nLocation: /v2\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            ProviderErrorKind.BadAnswer,
            "Redirects are not followed"
        ),
        new("never answers", c => c.HangAsync(), ProviderErrorKind.Timeout, "sent nothing for"),
        new("headers drop by drop", SlowHeadersAsync, ProviderErrorKind.Timeout, "sent nothing for"),
        new(
            "body never comes",
            async c =>
            {
                await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{");
                await c.HangAsync();
            },
            ProviderErrorKind.Timeout,
            "sent nothing for"
        ),
        new("reset before the answer", Reset, ProviderErrorKind.Unreachable, "broke the connection off"),
        new("closes without an answer", _ => Task.CompletedTask, ProviderErrorKind.Unreachable, "closed the connection without an answer"),
        new("no HTTP at all", c => c.SendAsync("SSH-2.0-OpenSSH_9.2\r\n\r\n"), ProviderErrorKind.BadAnswer, "did not answer in HTTP"),
        new(
            "a megabyte of headers",
            c => c.SendAsync("HTTP/1.1 200 OK\r\nX: " + new string('h', 1 << 20) + "\r\n\r\n"),
            ProviderErrorKind.BadAnswer,
            "did not answer in HTTP"
        ),
        new(
            "web page with 200",
            c => c.WholeAsync("200 OK", "text/html", "<html><title>Sign in</title>"),
            ProviderErrorKind.BadAnswer,
            "a web page titled “Sign in”. Check the base URL"
        ),
        new("garbage with 200", c => c.JsonAsync("}{ not json"), ProviderErrorKind.BadAnswer, "not the JSON it should be"),
        new("JSON of another kind", c => c.JsonAsync("[1,2,3]"), ProviderErrorKind.BadAnswer, "not the JSON it should be"),
        new("empty with 200", c => c.JsonAsync(""), ProviderErrorKind.BadAnswer, "empty answer"),
        new("no choices", c => c.JsonAsync("""{"id":"x","choices":[]}"""), ProviderErrorKind.BadAnswer, "without an answer in it"),
        new(
            "error with 200",
            c => c.JsonAsync($$$"""{"error":{"message":"overloaded {{{Key}}}"}}"""),
            ProviderErrorKind.Unavailable,
            "broke off: “overloaded …”"
        ),
        new("gzip nobody asked for", GzipAsync, ProviderErrorKind.BadAnswer, "compressed answer"),
        new(
            "body cut short",
            c => c.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"id\":"),
            ProviderErrorKind.Interrupted,
            "before the answer was finished"
        ),
        new(
            "body of 1 GB",
            c => EndlessAsync(c, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n", "{\"a\":\""),
            ProviderErrorKind.BadAnswer,
            "MB. The answer was cut off"
        ),
        new(
            "stream cut in half",
            c => c.StreamAsync(Say.Piece("Hel")),
            ProviderErrorKind.Interrupted,
            "before the answer was finished",
            Ask.Streamed
        ),
        new(
            "stream cut inside a frame",
            c => c.StreamAsync(Say.Piece("Hel"), Say.Piece("lo")[..40]),
            ProviderErrorKind.Interrupted,
            "before the answer was finished",
            Ask.Streamed
        ),
        new(
            "stream reset in the middle",
            async c =>
            {
                await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                await c.SendAsync(Chunk(Say.Piece("Hel")));
            },
            ProviderErrorKind.Interrupted,
            "before the answer was finished",
            Ask.Streamed
        ),
        new(
            "stream stalls",
            async c =>
            {
                await c.StreamAsync(Say.Piece("Hel"));
                await c.HangAsync();
            },
            ProviderErrorKind.Timeout,
            "sent nothing for",
            Ask.Streamed
        ),
        new("stream of comments for ever", CommentsForEverAsync, ProviderErrorKind.Timeout, "still answering after", Ask.Streamed),
        new(
            "stream with an error in it",
            c => c.StreamAsync(Say.Piece("Hel"), "data: {\"error\":{\"message\":\"GPU fell over\"}}\n\n"),
            ProviderErrorKind.Unavailable,
            "broke off: “GPU fell over”",
            Ask.Streamed
        ),
        new("stream of garbage", c => c.StreamAsync("data: {{{{\n\n"), ProviderErrorKind.BadAnswer, "not the JSON", Ask.Streamed),
        new("stream of plain text", c => c.StreamAsync("Internal error\n"), ProviderErrorKind.BadAnswer, "not the JSON", Ask.Streamed),
        new("stream without anything", c => c.StreamAsync(), ProviderErrorKind.BadAnswer, "empty answer", Ask.Streamed),
        new(
            "a line of 64 MB",
            c => EndlessAsync(c, EventStream, "data: {\"a\":\""),
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

    private static async Task CommentsForEverAsync(RawCall call)
    {
        await call.StreamAsync(Say.Piece("Hel"));
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

    private static async Task GzipAsync(RawCall call)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Say.Whole("Hello")));
        }

        await call.SendAsync(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\nConnection: close\r\n\r\n"
        );
        await call.SendAsync(packed.ToArray());
    }
}
