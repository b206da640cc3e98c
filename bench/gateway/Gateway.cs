using System.Text;

namespace Republic.Bench;

/// <summary>One way to the provider: through a gateway, or directly.</summary>
/// <param name="Models">The key for each model; where a gateway goes by the request's model alone, the same for all.</param>
internal sealed record Gateway(string Name, Server Server, Func<string, string> KeyFor)
{
    private const int PromptLength = 1000;

    public string Headers { get; init; } = "";

    /// <summary>As it goes over the wire.</summary>
    public byte[] Request(string model, bool stream)
    {
        var body =
            $$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"system","content":"You are a minion."},{"role":"user","content":"{{new string('x', PromptLength)}}"}]}""";
        return Encoding.ASCII.GetBytes(
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: {Server.Address.Authority}\r\nAuthorization: Bearer {KeyFor(model)}\r\n"
                + $"Content-Type: application/json\r\n{Headers}Content-Length: {body.Length}\r\n\r\n{body}"
        );
    }
}
