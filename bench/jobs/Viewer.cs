using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Republic.Bench;

/// <summary>One open stream on a bare socket. It notes when each of the marked events came.</summary>
internal sealed class Viewer(int events) : IDisposable
{
    public const string Mark = "bench-";
    private const int Digits = 6;
    private static readonly byte[] Marked = Encoding.ASCII.GetBytes(Mark);
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[1024];
    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Timestamps, by the event's number; 0 of one that did not come.</summary>
    public long[] Came { get; } = new long[events];

    public static string MarkOf(int number) => Mark + number.ToString("D6", CultureInfo.InvariantCulture);

    /// <returns>When the first progress has come.</returns>
    public async Task OpenAsync(Uri address, string path, string? token)
    {
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        var authorization = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{address.Port}\r\n{authorization}\r\n"));
        _ = ReadAsync();
        await first.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    public void Dispose()
    {
        // Gone without a word, as a phone out of reach is.
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            var held = 0;
            while (await socket.ReceiveAsync(buffer.AsMemory(held)) is > 0 and var read)
            {
                held = Hear(held + read, TimeProvider.System.GetTimestamp());
            }

            first.TrySetException(new IOException("The stream ended."));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            first.TrySetException(e);
        }
    }

    /// <returns>How many bytes at the end may be the beginning of a mark; they are moved to the front.</returns>
    private int Hear(int length, long now)
    {
        var text = buffer.AsSpan(0, length);
        if (!first.Task.IsCompleted && text.IndexOf("event: progress"u8) >= 0)
        {
            first.TrySetResult();
        }
        else if (!first.Task.IsCompleted && text.StartsWith("HTTP/1.1 "u8) && !text.StartsWith("HTTP/1.1 200"u8))
        {
            first.TrySetException(new IOException(Encoding.ASCII.GetString(text)));
        }

        for (var rest = text; rest.IndexOf(Marked) is >= 0 and var at && rest.Length >= at + Marked.Length + Digits; )
        {
            var number = int.Parse(rest.Slice(at + Marked.Length, Digits), CultureInfo.InvariantCulture);
            Came[number] = Came[number] == 0 ? now : Came[number];
            rest = rest[(at + Marked.Length + Digits)..];
        }

        var kept = Math.Min(length, Marked.Length + Digits + 8);
        text[^kept..].CopyTo(buffer);
        return kept;
    }
}
