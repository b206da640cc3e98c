using System.Net;
using Republic.Core.Tools.Servers.OAuth;

namespace Republic.Core.Tools.Servers;

/// <summary>
/// One conversation with a server: bounds what is read of all its answers together and how often it is asked, and makes one call at most,
/// whatever the server asks for. Not disposed: the handler below is shared.
/// </summary>
internal sealed class ToolServerConnection(HttpMessageHandler shared, TimeProvider time) : DelegatingHandler(shared)
{
    /// <summary>The most bytes that all answers have together.</summary>
    public const int MaxBytes = 4 << 20;

    private const int MaxRequests = 40;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private long received;
    private int requests;
    private int calls;

    /// <summary>The reason why the conversation was broken off, as in “It …”; null where it was not.</summary>
    public string? Problem { get; private set; }

    /// <summary>The request of the server to sign in; null where it made none.</summary>
    public OAuthChallenge? Challenge { get; private set; }

    public bool HasCalled => Volatile.Read(ref calls) > 0;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref requests) > MaxRequests || (IsCall(request) && Interlocked.Increment(ref calls) > 1))
        {
            throw Broken("asks to be asked again and again");
        }

        // Nobody waits for the end of a session.
        using var late = new CancellationTokenSource(request.Method == HttpMethod.Delete ? Farewell : Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var response = await base.SendAsync(request, either.Token);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            Challenge ??= OAuthChallenge.Of(response);
        }

        if (response.Content.Headers.ContentLength > MaxBytes)
        {
            response.Dispose();
            throw TooMuch();
        }

        var body = new StreamContent(new CountedStream(await response.Content.ReadAsStreamAsync(cancellationToken), this));
        foreach (var (name, values) in response.Content.Headers.NonValidated)
        {
            // Whoever reads makes room for the length that is said.
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                body.Headers.TryAddWithoutValidation(name, values);
            }
        }

        response.Content = body;
        return response;
    }

    private static bool IsCall(HttpRequestMessage request) =>
        request.Headers.TryGetValues("Mcp-Method", out var methods) && methods.Contains("tools/call", StringComparer.Ordinal);

    private IOException TooMuch() => Broken($"answered with more than {MaxBytes >> 20} MB, and the rest was not read");

    private IOException Broken(string problem)
    {
        Problem ??= problem;
        return new IOException(problem);
    }

    private sealed class CountedStream(Stream inner, ToolServerConnection connection) : ForwardStream(inner)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await Below.ReadAsync(buffer, cancellationToken);
            return Interlocked.Add(ref connection.received, count) <= MaxBytes ? count : throw connection.TooMuch();
        }
    }
}
