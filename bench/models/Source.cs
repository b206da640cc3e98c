using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Republic.Bench;

/// <summary>A loopback server with one file of any length, which gives parts of it and ends as it is told.</summary>
internal sealed class Source : IAsyncDisposable
{
    private const int Piece = 1 << 16;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;

    public Source()
    {
        listener.Start();
        Url = new Uri($"http://{listener.LocalEndpoint}/file");
        serving = ServeAsync();
    }

    public Uri Url { get; }

    /// <summary>What the file consists of, over and over.</summary>
    public ReadOnlyMemory<byte> Block { get; set; }

    public long Bytes { get; set; }

    public string ETag { get; set; } = "\"1\"";

    /// <summary>The file on the disk, which the system sends by itself, as file servers let it; null: the blocks are sent piece by piece.</summary>
    public string? Path { get; init; }

    /// <summary>Called with the first byte that is asked for: up to which one to send, and what to do then. Null: all, and close.</summary>
    public Func<long, (long Until, Func<Socket, Task> Then)?> Plan { get; set; } = _ => null;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                // One after the other: nobody asks for two things at once.
                using var socket = await listener.AcceptSocketAsync(stop.Token);
                await AnswerAsync(socket);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is over.
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        try
        {
            var from = await RequestedAsync(socket);
            var plan = Plan(from);
            var part = from == 0 ? "" : $"Content-Range: bytes {from}-{Bytes - 1}/{Bytes}\r\n";
            var head =
                $"HTTP/1.1 {(from == 0 ? "200 OK" : "206 Partial Content")}\r\n{part}ETag: {ETag}\r\nContent-Length: {Bytes - from}\r\nConnection: close\r\n\r\n";
            if (Path is not null)
            {
                await Task.Run(() =>
                    socket.SendFile(Path, Encoding.ASCII.GetBytes(head), (byte[]?)null, TransmitFileOptions.UseDefaultWorkerThread)
                );
                return;
            }

            // Little is on its way when the connection ends.
            socket.SendBufferSize = Piece;
            await socket.SendAsync(Encoding.ASCII.GetBytes(head), stop.Token);
            await SendAsync(socket, from, plan?.Until ?? Bytes);
            await (plan is { } planned ? planned.Then(socket) : Task.CompletedTask);
        }
        catch (SocketException)
        {
            // The client went away.
        }
    }

    private async Task SendAsync(Socket socket, long from, long until)
    {
        while (from < until)
        {
            var start = (int)(from % Block.Length);
            var count = (int)Math.Min(Math.Min(Block.Length - start, until - from), Piece);
            from += await socket.SendAsync(Block.Slice(start, count), stop.Token);
        }
    }

    private async Task<long> RequestedAsync(Socket socket)
    {
        var (buffer, text) = (new byte[4096], "");
        while (!text.Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer, stop.Token);
            text =
                read > 0 ? text + Encoding.ASCII.GetString(buffer, 0, read) : throw new SocketException((int)SocketError.ConnectionReset);
        }

        const string range = "Range: bytes=";
        var at = text.IndexOf(range, StringComparison.Ordinal);
        // If-Range, too, ends so; its line names no bytes.
        return at < 0
            ? 0
            : long.Parse(text.AsSpan(at + range.Length, text.IndexOf('-', at) - at - range.Length), CultureInfo.InvariantCulture);
    }
}
