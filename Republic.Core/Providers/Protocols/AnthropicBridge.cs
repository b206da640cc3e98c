namespace Republic.Core.Providers.Protocols;

/// <summary>Leads a client that speaks chat completions over HTTP through the protocol that translates them.</summary>
internal sealed class AnthropicBridge(AnthropicProtocol protocol, ModelTarget target, UpstreamCall upstream) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var stream = body.AsSpan().IndexOf("\"stream\":true"u8) >= 0;
        return await protocol.SendAsync(target, upstream, "/chat/completions", body, stream, cancellationToken);
    }
}
