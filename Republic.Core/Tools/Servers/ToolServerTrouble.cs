using System.Net;
using System.Net.Sockets;
using ModelContextProtocol;
using Republic.Core.Security;

namespace Republic.Core.Tools.Servers;

/// <summary>Says in a sentence why a server could not be used.</summary>
internal static class ToolServerTrouble
{
    private const int MaxWords = 300;

    /// <param name="problem">What the server did, as the connection knows it; null where it knows of nothing.</param>
    public static string Say(ToolServer server, string? problem, Exception error) =>
        problem is not null ? $"{server.Name} {problem}."
        : Inner<OutboundRefusedException>(error) is { } refused ? refused.Message
        : Inner<SecretUnreadableException>(error) is { } unreadable ? unreadable.Message
        : Inner<OperationCanceledException>(error) is not null || Inner<TimeoutException>(error) is not null
            ? $"{server.Name} did not answer within {ToolServerClient.Patience.TotalSeconds:0} seconds. Try again later, or check its URL."
        : Inner<HttpRequestException>(error) is { StatusCode: { } status } ? OfStatus(server.Name, (int)status)
        : Inner<SocketException>(error) is { SocketErrorCode: SocketError.HostNotFound }
            ? $"{new Uri(server.Url).Host} was not found. Check the URL, and whether this machine reaches the network."
        : Inner<McpProtocolException>(error) is { } said ? $"{server.Name} refuses. It says: {WordsOf(said).AtMost(MaxWords)}"
        : Inner<HttpRequestException>(error) is { } broken
            ? $"{server.Name} could not be reached: {broken.GetBaseException().Message.AtMost(MaxWords)}"
        : $"{server.Name} answered, but not as an MCP server does. Check its URL.";

    /// <summary>The words of the server, without those that the SDK puts before them.</summary>
    internal static string WordsOf(McpProtocolException error) =>
        error.Message.Replace("Request failed (remote): ", "", StringComparison.Ordinal);

    private static string OfStatus(string server, int status) =>
        status switch
        {
            (int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.Forbidden =>
                $"{server} refuses the headers that it is sent ({status}). Enter those that it asks for, such as Authorization.",
            >= 300 and < 400 => $"{server} leads to another address ({status}), which is not followed. Enter the address itself.",
            (int)HttpStatusCode.TooManyRequests => $"{server} is asked too often ({status}). Try again later.",
            >= 500 => $"{server} failed ({status}). Try again later.",
            _ => $"{server} is no MCP server at that address ({status}). Check its URL.",
        };

    internal static T? Inner<T>(Exception error)
        where T : Exception
    {
        for (Exception? one = error; one is not null; one = one.InnerException)
        {
            if (one is T found)
            {
                return found;
            }
        }

        return null;
    }
}
