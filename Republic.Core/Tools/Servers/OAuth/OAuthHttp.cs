using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Republic.Core.Security;

namespace Republic.Core.Tools.Servers.OAuth;

/// <summary>
/// The requests of a sign-in. Each is bounded in size and time, redirects are not followed, and each address is checked as it is connected to.
/// </summary>
public sealed class OAuthHttp : IDisposable
{
    public const int MaxBytes = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly OutboundGuard guard;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    public OAuthHttp(OutboundGuard guard, TimeProvider time)
    {
        (this.guard, this.time) = (guard, time);
        http = new HttpClient(guard.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxBytes };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Republic", null));
        http.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
    }

    public void Dispose() => http.Dispose();

    /// <summary>An address that somebody else names, if it may be used.</summary>
    /// <param name="server">Whose sign-in it is: what is spoken over TLS is not continued without.</param>
    /// <param name="what">The address in words, for people: “The address of its tokens”.</param>
    /// <exception cref="OAuthException">It may not.</exception>
    internal Uri Address(ToolServer server, string? text, string what)
    {
        if (text is null || !Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            throw new OAuthException(
                $"{what} is missing or is no address, so nobody can sign in. Ask whoever runs the server.",
                isRefused: true
            );
        }

        if (guard.Check(address, "url") is { } refused)
        {
            throw new OAuthException($"{what} cannot be used. {refused.Message}", isRefused: true);
        }

        return address.Scheme == Uri.UriSchemeHttps || new Uri(server.Url).Scheme == Uri.UriSchemeHttp
            ? address
            : throw new OAuthException(
                $"{what} does not begin with https://, so it is not used. Ask whoever runs the server.",
                isRefused: true
            );
    }

    /// <returns>Null where there is no such document.</returns>
    internal async Task<JsonElement?> FindAsync(Uri address, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/json");
        var (status, body) = await SendAsync(request, JsonAsync, ct);
        return status == HttpStatusCode.OK && body.ValueKind == JsonValueKind.Object ? body : null;
    }

    /// <param name="read">Takes what is of use from the answer.</param>
    internal async Task<T> SendAsync<T>(HttpRequestMessage request, Func<HttpResponseMessage, Task<T>> read, CancellationToken ct)
    {
        var host = request.RequestUri!.Authority;
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            return await read(response);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new OAuthException($"{host} did not answer within {Patience.TotalSeconds:0} seconds. Try again later.");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new OAuthException(
                error.GetBaseException() switch
                {
                    OutboundRefusedException refused => refused.Message,
                    SocketException { SocketErrorCode: SocketError.HostNotFound } =>
                        $"There is no host {host}. Ask whoever runs the server.",
                    _ => $"{host} could not be reached, or answered with more than {MaxBytes >> 10} KB. Try again later.",
                }
            );
        }
    }

    /// <summary>The status, and the body where it is JSON.</summary>
    internal static async Task<(HttpStatusCode Status, JsonElement Body)> JsonAsync(HttpResponseMessage response)
    {
        try
        {
            return (response.StatusCode, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync()));
        }
        catch (JsonException)
        {
            return (response.StatusCode, default);
        }
    }
}
