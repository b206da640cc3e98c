using System.Net;
using System.Net.Sockets;

namespace Republic.Core.Inference.Supervision;

/// <summary>Where the running child listens.</summary>
/// <param name="Secret">To be sent with every request; empty on a Unix socket, which guards itself.</param>
/// <param name="Gone">Ends when the child has, and the supervisor gives out this address no more.</param>
internal sealed record ModelHostAddress(EndPoint EndPoint, string Secret, Task<ModelHostEnd> Gone)
{
    private static readonly TimeSpan LongestDeath = TimeSpan.FromSeconds(3);

    public static ModelHostAddress Of(string socket, string said, string secret, Task<ModelHostEnd> gone) =>
        socket.Length > 0
            ? new(new UnixDomainSocketEndPoint(socket), "", gone)
            : new(new IPEndPoint(IPAddress.Loopback, new Uri(said).Port), secret, gone);

    public Socket NewSocket() =>
        EndPoint is IPEndPoint
            ? new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <summary>
    /// A dying process closes its connections one by one, and may take a new one in between. Who has seen one break waits
    /// here, so that what is sent next goes to the new child.
    /// </summary>
    /// <returns>Null where the child lives on.</returns>
    public async Task<ModelHostEnd?> EndAsync(CancellationToken ct)
    {
        try
        {
            return await Gone.WaitAsync(LongestDeath, ct);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
