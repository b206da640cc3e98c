using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Republic.Bench;

/// <summary>Many streams at once at a reader's pace: how many words come, how late, and whether all do.</summary>
internal sealed class Crowd(Gateway gateway, int words, int pace)
{
    private readonly ConcurrentBag<double> firsts = [];
    private readonly ConcurrentBag<double> late = [];
    private int whole;
    private int lost;

    /// <param name="PerSecond">Words.</param>
    /// <param name="Late">The longest that a stream stood still beyond its pace, for each stream.</param>
    /// <param name="Lost">Streams that were refused, or lacked a word or their end.</param>
    internal sealed record Figures(double PerSecond, Spread Firsts, Spread Late, int Lost, double CpuMicroseconds, double Memory);

    public async Task<Figures> RunAsync(int streams, int turns)
    {
        var (cpu, started) = (gateway.Server.CpuSeconds, Stopwatch.GetTimestamp());
        var all = Enumerable.Range(0, streams).Select(_ => Task.Run(() => ReadAsync(turns))).ToList();
        var memory = 0.0;
        while (all.Exists(stream => !stream.IsCompleted))
        {
            await Task.Delay(200);
            memory = Math.Max(memory, gateway.Server.Memory);
        }

        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Figures(
            whole * (double)words / took,
            new Spread(firsts),
            new Spread(late),
            lost,
            (gateway.Server.CpuSeconds - cpu) * 1e6 / Math.Max(1, whole) / words,
            memory
        );
    }

    private async Task ReadAsync(int turns)
    {
        var request = gateway.Request(Paced.Model(words, pace), stream: true);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var answer = new AnswerReader();
        for (var turn = 0; turn < turns; turn++)
        {
            try
            {
                if (!socket.Connected)
                {
                    await socket.ConnectAsync(IPAddress.Loopback, gateway.Server.Address.Port);
                }

                await OneAsync(socket, request, answer);
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                Interlocked.Increment(ref lost);
                return;
            }

            var isGood = answer.Status == 200 && answer.IsWholeStream && answer.Frames == words + 1;
            Interlocked.Increment(ref isGood ? ref whole : ref lost);
        }
    }

    private async Task OneAsync(Socket socket, byte[] request, AnswerReader answer)
    {
        answer.Begin();
        var asked = Stopwatch.GetTimestamp();
        await socket.SendAsync(request);
        var (last, most) = (0L, 0.0);
        bool isWhole;
        do
        {
            var count = await socket.ReceiveAsync(answer.Room());
            if (count == 0)
            {
                throw new IOException("The connection was closed.");
            }

            isWhole = answer.Take(count);
            var now = Stopwatch.GetTimestamp();
            if (last != 0)
            {
                most = Math.Max(most, Stopwatch.GetElapsedTime(last, now).TotalMilliseconds - pace);
            }
            else if (answer.Length > 0)
            {
                firsts.Add(Stopwatch.GetElapsedTime(asked, now).TotalMilliseconds);
            }

            last = answer.Length > 0 ? now : 0;
        } while (!isWhole);
        late.Add(most);
    }
}
