using System.Threading.Channels;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Republic.Core.Tools.Commands;

/// <summary>A transport that makes one call at most, whatever the other side asks for: a server may want to be called again.</summary>
internal sealed class OneCallTransport(IClientTransport inner) : IClientTransport
{
    public string Name => inner.Name;

    /// <summary>A second call was asked for.</summary>
    public bool HasRefused { get; private set; }

    public async Task<ITransport> ConnectAsync(CancellationToken cancellationToken = default) =>
        new OneCallSession(await inner.ConnectAsync(cancellationToken), this);

    private sealed class OneCallSession(ITransport inner, OneCallTransport transport) : ITransport
    {
        private int calls;

        public string? SessionId => inner.SessionId;

        public ChannelReader<JsonRpcMessage> MessageReader => inner.MessageReader;

        public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
        {
            if (message is JsonRpcRequest { Method: RequestMethods.ToolsCall } && Interlocked.Increment(ref calls) > 1)
            {
                transport.HasRefused = true;
                throw new IOException("It asks to be called again.");
            }

            return inner.SendMessageAsync(message, cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
