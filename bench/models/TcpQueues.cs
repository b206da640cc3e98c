using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Republic.Bench;

/// <summary>What the system holds of a connection over loopback: bytes that one side has sent and the other's process has not received.</summary>
internal static class TcpQueues
{
    // A socket for both families stands in the second one.
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <returns>0 where the system does not say.</returns>
    public static long Unread(Socket sender)
    {
        var (here, there) = (Port(sender.LocalEndPoint), Port(sender.RemoteEndPoint));
        return Tables
            .Where(File.Exists)
            .SelectMany(table => File.ReadLines(table).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Sum(words =>
                (words[1][^4..], words[2][^4..]) switch
                {
                    var ports when ports == (here, there) => Hex(words[4][..8]),
                    var ports when ports == (there, here) => Hex(words[4][9..]),
                    _ => 0,
                }
            );
    }

    private static string Port(EndPoint? end) => ((IPEndPoint)end!).Port.ToString("X4", CultureInfo.InvariantCulture);

    private static long Hex(string digits) => long.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
