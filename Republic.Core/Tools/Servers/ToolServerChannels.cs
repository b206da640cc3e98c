using Republic.Core.Security;
using Republic.Core.Tools.Commands;
using Republic.Core.Tools.Servers.OAuth;

namespace Republic.Core.Tools.Servers;

/// <summary>Opens the connections of conversations with tool servers: over HTTP, or with a command of this machine.</summary>
public sealed class ToolServerChannels(
    OutboundGuard guard,
    SecretBox box,
    ToolServerTokens tokens,
    ToolCommandRunner commands,
    TimeProvider time
) : IDisposable
{
    private readonly SocketsHttpHandler http = guard.CreateHandler();

    /// <param name="spent">An access token that the server did not take; null where none is known.</param>
    internal async Task<ToolServerChannel> OpenAsync(ToolServer server, string? spent, CancellationToken ct) =>
        server.IsCommand
            ? await commands.StartAsync(server, ct)
            : new HttpChannel(
                server,
                ToolServerHeaders.Open(box, server),
                await tokens.FindAsync(server, spent, ct),
                new ToolServerConnection(http, time)
            );

    public void Dispose() => http.Dispose();
}
