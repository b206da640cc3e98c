using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using Republic.Core;

namespace Republic.Bench;

/// <summary>
/// Files of up to 24 MB, each of them broken off at five seeded bytes: three times the connection ends, once it is reset, once the
/// process that downloads is killed (-9), in an order that is seeded too.
/// </summary>
internal sealed class Cuts(string folder, ulong seed)
{
    private const int Longest = 24_000_000;
    private const string Ends = "connection ended";
    private const string Resets = "connection reset";
    private const string Kills = "process killed (-9)";

    private readonly SeededRandom random = new(seed);
    private readonly Dictionary<string, List<long>> again = new()
    {
        [Ends] = [],
        [Resets] = [],
        [Kills] = [],
    };
    private WorkerProcess worker = new(isBrisk: true);
    private readonly List<long> lost = [];
    private (string How, long Until)? last;
    private long unread;

    public async Task<bool> RunAsync(int seconds)
    {
        var block = new byte[Longest];
        RandomNumberGenerator.Fill(block);
        await using var source = new Source { Block = block };
        var (started, files, right) = (Stopwatch.GetTimestamp(), 0, 0);
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
        {
            files++;
            right += await DownloadAsync(source, block.AsMemory(random.Next(Longest / 2)), files) ? 1 : 0;
        }

        worker.Dispose();
        Print(Stopwatch.GetElapsedTime(started).TotalSeconds, files, right);
        return right == files && lost.TrueForAll(bytes => bytes <= 1 << 20);
    }

    private async Task<bool> DownloadAsync(Source source, ReadOnlyMemory<byte> rest, int number)
    {
        var bytes = 1000 + random.Next(rest.Length - 1000);
        var content = rest[..bytes];
        (source.Block, source.Bytes, source.ETag, last) = (content, bytes, $"\"{number}\"", null);
        var breaks = new Queue<(string How, long At)>(Hows().Zip(Enumerable.Range(0, 5).Select(_ => (long)random.Next(bytes)).Order()));
        source.Plan = from => Next(from, breaks);
        var path = Path.Combine(folder, $"{number}.part");
        WorkerLine? line;
        while ((line = await worker.DownloadAsync(source.Url, path, bytes, source.ETag)) is null)
        {
            worker.Dispose();
            worker = new WorkerProcess(isBrisk: true);
        }

        var expected = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        var written = await File.ReadAllBytesAsync(path);
        var isRight = line.IsWhole && line.Sha256 == expected && written.AsSpan().SequenceEqual(content.Span);
        if (!isRight)
        {
            Console.WriteLine($"file {number} of {bytes} bytes: {line.Message}");
        }

        File.Delete(path);
        return isRight;
    }

    private string[] Hows()
    {
        string[] hows = [Ends, Ends, Ends, Resets, Kills];
        random.Shuffle(hows.AsSpan());
        return hows;
    }

    private (long Until, Func<Socket, Task> Then)? Next(long from, Queue<(string How, long At)> breaks)
    {
        if (last is var (how, until))
        {
            again[how].Add(until - from);
            if (how == Kills)
            {
                lost.Add(until - from - unread);
            }
        }

        last = null;
        if (!breaks.TryDequeue(out var next))
        {
            return null;
        }

        var sent = Math.Max(from, next.At);
        return (sent, socket => BreakAsync(next.How, sent, socket));
    }

    private Task BreakAsync(string how, long sent, Socket socket)
    {
        last = (how, sent);
        if (how == Kills)
        {
            worker.Halt();
            unread = TcpQueues.Unread(socket);
            worker.Kill();
        }
        else if (how == Resets)
        {
            socket.Close(0);
        }

        return Task.CompletedTask;
    }

    private void Print(double seconds, int files, int right)
    {
        Console.WriteLine($"{files} files, {right} of them right, in {seconds:0} s (seed {seed}).\n");
        Console.WriteLine("| broken off by | times | fetched again, median | most | more than 1 MiB |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var (how, bytes) in again.Append(new("of that, what the killed process had received", lost)))
        {
            bytes.Sort();
            var (median, most) = bytes.Count == 0 ? (0, 0) : (bytes[bytes.Count / 2], bytes[^1]);
            Console.WriteLine(
                $"| {how} | {bytes.Count} | {ByteSize.Of(median)} | {ByteSize.Of(most)} | {bytes.Count(count => count > 1 << 20)} |"
            );
        }

        Console.WriteLine();
    }
}
