using System.Collections.Concurrent;
using System.Globalization;

namespace Republic.Tests.World;

/// <summary>A loopback server with one file, which gives parts of it, counts what it sends, and fails as a test says.</summary>
internal sealed class FileSource : IAsyncDisposable
{
    private readonly RawUpstream server = new();
    private readonly ConcurrentQueue<Func<FileCall, Task>> next = new();
    private long sent;

    public FileSource(byte[] content)
    {
        Content = content;
        server.Script = AnswerAsync;
    }

    public byte[] Content { get; set; }

    public string? ETag { get; set; } = "\"v1\"";

    /// <summary>Headers of every answer, each with its line end.</summary>
    public string Headers { get; set; } = "";

    public bool GivesParts { get; set; } = true;

    /// <summary>What it does from now on, where nothing else is said for the request.</summary>
    public Func<FileCall, Task> Usual { get; set; } = call => call.GiveAsync();

    public Uri Url => new($"http://{server.Authority}/model.gguf");

    /// <summary>Bytes of bodies.</summary>
    public long Sent => Interlocked.Read(ref sent);

    public IReadOnlyList<string> Requests => [.. server.Requests];

    /// <summary>What it does at the next requests, one after the other.</summary>
    public void Next(params IEnumerable<Func<FileCall, Task>> answers)
    {
        foreach (var answer in answers)
        {
            next.Enqueue(answer);
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    internal void Count(int bytes) => Interlocked.Add(ref sent, bytes);

    private Task AnswerAsync(RawCall raw) => (next.TryDequeue(out var answer) ? answer : Usual)(new FileCall(this, raw));
}

/// <summary>One request for a part of the file.</summary>
internal sealed class FileCall(FileSource source, RawCall raw)
{
    public RawCall Raw => raw;

    public long From { get; } = RangeOf(raw.Request);

    /// <summary>It asks for so much of the file and no more, as those do who only look at it.</summary>
    public bool IsLook => HeaderOf(raw.Request, "Range") is { } range && !range.EndsWith('-');

    /// <param name="atMost">Bytes of the body, after which the connection ends. Null: all that were announced.</param>
    /// <param name="announced">Of the body; null: as many as there are.</param>
    /// <param name="total">Bytes of the whole file, as a part names it; null: what is so.</param>
    public async Task GiveAsync(int? atMost = null, long? announced = null, long? total = null)
    {
        var content = source.Content;
        var isSame = HeaderOf(raw.Request, "If-Range") is not { } known || known == source.ETag;
        var isPart = source.GivesParts && From > 0 && isSame;
        if (isPart && From >= content.Length)
        {
            await RefuseAsync("416 Range Not Satisfiable", $"Content-Range: bytes */{content.Length}\r\n");
            return;
        }

        var body = content.AsMemory(isPart ? (int)From : 0);
        var head =
            (isPart ? "HTTP/1.1 206 Partial Content\r\n" : "HTTP/1.1 200 OK\r\n")
            + (isPart ? $"Content-Range: bytes {From}-{(total ?? content.Length) - 1}/{total ?? content.Length}\r\n" : "")
            + (source.ETag is null ? "" : $"ETag: {source.ETag}\r\n")
            + $"Content-Length: {announced ?? body.Length}\r\nConnection: close\r\n{source.Headers}\r\n";
        await raw.SendAsync(head);
        body = body[..Math.Min(body.Length, atMost ?? body.Length)];
        await raw.SendAsync(body.ToArray());
        source.Count(body.Length);
    }

    /// <summary>The beginning, and then nothing, for as long as the client stays.</summary>
    public async Task StallAsync(int after)
    {
        await GiveAsync(after);
        await raw.HangAsync();
    }

    /// <summary>The beginning, and the rest when a test says so.</summary>
    public async Task HoldAsync(int after, Task go)
    {
        await GiveAsync(after);
        await go.WaitAsync(raw.Stop);
        var rest = source.Content[((int)From + after)..];
        await raw.SendAsync(rest);
        source.Count(rest.Length);
    }

    public Task RefuseAsync(string status, string headers = "") => raw.WholeAsync(status, "text/plain", "no", headers);

    public static string? HeaderOf(string request, string name) =>
        request
            .Split("\r\n")
            .Where(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 2)..])
            .FirstOrDefault();

    private static long RangeOf(string request) =>
        HeaderOf(request, "Range") is { } range ? long.Parse(range["bytes=".Length..].Split('-')[0], CultureInfo.InvariantCulture) : 0;
}
