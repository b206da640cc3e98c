using ModelContextProtocol.Client;
using Republic.Core.Answering.Tools;
using Republic.Core.Tools.Servers.OAuth;

namespace Republic.Core.Tools.Servers;

/// <summary>The connection of a conversation over HTTP.</summary>
internal sealed class HttpChannel : ToolServerChannel
{
    private readonly ToolServer server;
    private readonly ToolServerConnection connection;
    private readonly HttpClient client;
    private readonly HttpClientTransport transport;
    private readonly string? token;
    private readonly bool hasOwnKey;

    /// <param name="headers">The headers that are sent with each request.</param>
    /// <param name="tokens">The tokens of a sign-in: the access token is sent where the headers hold no key of their own. Null for none.</param>
    public HttpChannel(ToolServer server, Dictionary<string, string> headers, OAuthTokens? tokens, ToolServerConnection connection)
    {
        (this.server, this.connection) = (server, connection);
        Secrets = ToolServerSecrets.Of(headers, tokens);
        hasOwnKey = headers.Keys.Any(name => name.Equals("Authorization", StringComparison.OrdinalIgnoreCase));
        var sent = new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase) { [ToolDepth.Header] = ToolDepth.Next };
        if (tokens is not null && !hasOwnKey)
        {
            token = tokens.Access;
            sent["Authorization"] = $"Bearer {token}";
        }

        client = new HttpClient(connection, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        var options = new HttpClientTransportOptions
        {
            Endpoint = new Uri(server.Url),
            TransportMode = HttpTransportMode.StreamableHttp,
            EnableStandaloneGetStream = false,
            MaxReconnectionAttempts = 0,
            AdditionalHeaders = sent,
        };
        transport = new HttpClientTransport(options, client, loggerFactory: null, ownsHttpClient: false);
    }

    public override IClientTransport Transport => transport;

    public override ToolServerSecrets Secrets { get; }

    public override string? SpentToken => connection is { Challenge: not null, HasCalled: false } ? token : null;

    public override bool WantsSignIn => !hasOwnKey && connection.Challenge is { Metadata: not null };

    public override Task<string> ExplainAsync(Exception error) => Task.FromResult(ToolServerTrouble.Say(server, connection.Problem, error));

    public override async ValueTask DisposeAsync()
    {
        await transport.DisposeAsync();
        client.Dispose();
    }
}
