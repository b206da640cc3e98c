using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Republic.Bench;

/// <summary>
/// Clients that ask one after the other for a while. Each has a thread and a blocking socket of its own: that takes least from the two
/// cores that all share, and no scheduler stands between an answer and its clock.
/// </summary>
/// <param name="frames">Of a stream; every answer must have so many.</param>
/// <param name="header">What every answer's head must hold.</param>
internal sealed class Load(Gateway gateway, string model, bool stream, int frames, string header = "")
{
    private readonly ConcurrentBag<double> totals = [];
    private readonly ConcurrentBag<double> firsts = [];
    private readonly ConcurrentDictionary<string, int> troubles = new();

    /// <param name="Firsts">Until the first byte of the body.</param>
    internal sealed record Figures(
        double PerSecond,
        Spread Totals,
        Spread Firsts,
        double CpuMicroseconds,
        IReadOnlyDictionary<string, int> Troubles
    );

    public Figures Run(int clients, double seconds, int most = int.MaxValue)
    {
        var (cpu, started) = (gateway.Server.CpuSeconds, Stopwatch.GetTimestamp());
        var until = started + (long)(seconds * Stopwatch.Frequency);
        var left = most;
        var threads = Enumerable.Range(0, clients).Select(_ => new Thread(() => Ask(until, ref left))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Figures(
            totals.Count / took,
            new Spread(totals),
            new Spread(firsts),
            (gateway.Server.CpuSeconds - cpu) * 1e6 / totals.Count,
            troubles
        );
    }

    private void Ask(long until, ref int left)
    {
        var request = gateway.Request(model, stream);
        var (mine, mineFirst) = (new List<double>(100_000), new List<double>(100_000));
        Socket? socket = null;
        var answer = new AnswerReader();
        while (Stopwatch.GetTimestamp() < until && Interlocked.Decrement(ref left) >= 0)
        {
            try
            {
                socket ??= Connect();
                var asked = Stopwatch.GetTimestamp();
                var first = One(socket, request, answer);
                if (!IsGood(answer))
                {
                    Trouble($"{answer.Status}: {answer.Text[..Math.Min(120, answer.Text.Length)]}");
                    continue;
                }

                mine.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                mineFirst.Add(Stopwatch.GetElapsedTime(asked, first).TotalMilliseconds);
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                Trouble(e.Message);
                socket?.Dispose();
                socket = null;
            }
        }

        socket?.Dispose();
        mine.ForEach(totals.Add);
        mineFirst.ForEach(firsts.Add);
    }

    private bool IsGood(AnswerReader answer) =>
        answer.Status == 200
        && answer.Head.Contains(header, StringComparison.OrdinalIgnoreCase)
        && (stream ? answer.IsWholeStream && answer.Frames == frames : answer.IsWholeAnswer);

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = 30_000,
        };
        socket.Connect(IPAddress.Loopback, gateway.Server.Address.Port);
        return socket;
    }

    private void Trouble(string what) => troubles.AddOrUpdate(what, 1, (_, count) => count + 1);

    /// <returns>When the first byte of the body came.</returns>
    private static long One(Socket socket, byte[] request, AnswerReader answer)
    {
        answer.Begin();
        socket.Send(request);
        long first = 0;
        while (true)
        {
            var count = socket.Receive(answer.Room().Span);
            if (count == 0)
            {
                throw new IOException("The connection was closed.");
            }

            var isWhole = answer.Take(count);
            first = first == 0 && answer.Length > 0 ? Stopwatch.GetTimestamp() : first;
            if (isWhole)
            {
                return first == 0 ? Stopwatch.GetTimestamp() : first;
            }
        }
    }
}
