using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Republic.Core.PersonalModels.Sources;

namespace Republic.Tests.World;

/// <summary>A loopback server of one file, which gives parts of it unless it is told to do otherwise.</summary>
internal sealed partial class HeaderSource : IAsyncDisposable
{
    private readonly RawUpstream upstream = new();
    private readonly SourceClient client;

    public HeaderSource(byte[] file)
    {
        File = file;
        Claims = file.Length;
        client = new SourceClient(Guards.Allowing(upstream.Authority), TimeProvider.System);
        upstream.Script = AnswerAsync;
    }

    public SourceClient Client => client;

    public Uri Url => new($"http://{upstream.Authority}/models/a.gguf");

    public byte[] File { get; set; }

    /// <summary>The length that it says the file has; null for none.</summary>
    public long? Claims { get; set; }

    public bool GivesParts { get; set; } = true;

    /// <summary>It says that it gives parts.</summary>
    public bool AcceptsRanges { get; set; }

    public string ETag { get; set; } = "\"1\"";

    public string Type { get; set; } = "application/octet-stream";

    /// <summary>Where it leads to instead of answering.</summary>
    public string? Elsewhere { get; set; }

    /// <summary>The status that it answers with alone, and headers behind it; null: it has the file.</summary>
    public string? Refusal { get; set; }

    /// <summary>The most bytes of one answer.</summary>
    public long Most { get; set; } = int.MaxValue;

    /// <summary>Ends when it may answer.</summary>
    public Task Ready { get; set; } = Task.CompletedTask;

    /// <summary>Called before each answer.</summary>
    public Action Answering { get; set; } = () => { };

    /// <summary>The parts it was asked for, e.g. <c>0-1048575</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The paths it was asked for.</summary>
    public IEnumerable<string> Paths => upstream.Requests.Select(request => request.Split(' ')[1]);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await upstream.DisposeAsync();
    }

    private async Task AnswerAsync(RawCall call)
    {
        var range = Range().Match(call.Request);
        Asked.Enqueue($"{range.Groups["from"].Value}-{range.Groups["to"].Value}");
        await Ready;
        Answering();
        if (Elsewhere is not null)
        {
            await call.SendAsync($"HTTP/1.1 302 Found\r\nLocation: {Elsewhere}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }

        if (Refusal is not null)
        {
            await call.SendAsync($"HTTP/1.1 {Refusal}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }

        var head = $"Content-Type: {Type}\r\nETag: {ETag}\r\n{(AcceptsRanges ? "Accept-Ranges: bytes\r\n" : "")}Connection: close\r\n";
        if (GivesParts)
        {
            var from = Number(range.Groups["from"]);
            var to = Math.Min(Math.Min(Number(range.Groups["to"]), (Claims ?? File.Length) - 1), from + Most - 1);
            var bytes = File[(int)Math.Min(from, File.Length)..(int)Math.Min(to + 1, File.Length)];
            var total = Claims?.ToString(CultureInfo.InvariantCulture) ?? "*";
            head += $"Content-Range: bytes {from}-{to}/{total}\r\nContent-Length: {bytes.Length}\r\n";
            await call.SendAsync($"HTTP/1.1 206 Partial Content\r\n{head}\r\n");
            await call.SendAsync(bytes);
            return;
        }

        await call.SendAsync($"HTTP/1.1 200 OK\r\n{head}{(Claims is { } length ? $"Content-Length: {length}\r\n" : "")}\r\n");
        await call.SendAsync(File);
    }

    private static long Number(Group digits) => long.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "^Range: bytes=(?<from>[0-9]+)-(?<to>[0-9]+)\r$",
        RegexOptions.Multiline | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Range();
}
