using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Republic.Core.Answering.Tools;
using Republic.Core.Security;

namespace Republic.Core.Tools.BuiltIn.Web;

/// <summary>
/// Asks web servers for pages, within bounds of size and time. Every address is checked, also each that a server redirects to, and none
/// of another host is followed.
/// </summary>
internal sealed class WebClient : IDisposable
{
    public const int MaxBytes = 2 * 1024 * 1024;
    public const int MaxRedirects = 5;
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly OutboundGuard guard;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    /// <param name="guard">Lets through what may be asked: one of <see cref="WebGuards"/>.</param>
    public WebClient(OutboundGuard guard, TimeProvider time)
    {
        (this.guard, this.time) = (guard, time);
        http = new HttpClient(guard.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Republic", null));
        http.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
    }

    /// <param name="accepts">The types that are of use, as the header Accept spells them.</param>
    /// <exception cref="ToolException">There is no answer, or it is too large or too slow.</exception>
    public async Task<WebAnswer> GetAsync(Uri address, string accepts, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            return await FollowAsync(address, accepts, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new ToolException($"{address.Host} did not answer in full within {Patience.TotalSeconds:0} seconds.");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new ToolException(
                error.GetBaseException() switch
                {
                    OutboundRefusedException refused => refused.Message,
                    SocketException { SocketErrorCode: SocketError.HostNotFound } => $"There is no host {address.Host}. Check the address.",
                    // Its message may quote what the server sent.
                    _ => $"{address.Host} could not be reached, or does not answer as a web server does.",
                }
            );
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<WebAnswer> FollowAsync(Uri address, string accepts, CancellationToken ct)
    {
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            if (guard.Check(address, "url") is { } refusal)
            {
                throw new ToolException(refusal.Message);
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd(accepts);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (RedirectOf(response, address) is not { } next)
            {
                return await ReadAsync(response, address, ct);
            }

            if (!IsSameHost(address, next))
            {
                return new WebAnswer(address, response.StatusCode, "", Charset: null, []) { LeadsTo = next };
            }

            address = next;
        }

        throw new ToolException($"{address.Host} redirects more than {MaxRedirects} times.");
    }

    private static Uri? RedirectOf(HttpResponseMessage response, Uri from) =>
        response.StatusCode
            is HttpStatusCode.MovedPermanently
                or HttpStatusCode.Found
                or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect
                or HttpStatusCode.PermanentRedirect
        && response.Headers.Location is { } location
            ? WebAddresses.Read(new Uri(from, location).AbsoluteUri)
                ?? throw new ToolException($"{from.Host} redirects to something that is no web page.")
            : null;

    /// <summary>The same host and port; or from http to https, each at its own port.</summary>
    private static bool IsSameHost(Uri from, Uri to) =>
        from.IdnHost == to.IdnHost
        && (
            (from.Scheme == to.Scheme && from.Port == to.Port)
            || (from.Scheme == Uri.UriSchemeHttp && from.IsDefaultPort && to.Scheme == Uri.UriSchemeHttps && to.IsDefaultPort)
        );

    private static async Task<WebAnswer> ReadAsync(HttpResponseMessage response, Uri address, CancellationToken ct)
    {
        if (response.Content.Headers.ContentEncoding.Any(encoding => encoding is not "identity"))
        {
            throw new ToolException($"{address.Host} sent the page compressed, though it was asked not to.");
        }

        await using var body = await response.Content.ReadAsStreamAsync(ct);
        using var read = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (await body.ReadAsync(buffer, ct) is > 0 and var count)
        {
            if (read.Length + count > MaxBytes)
            {
                throw new ToolException($"The page is larger than {ByteSize.Of(MaxBytes)}, the most that is read.");
            }

            await read.WriteAsync(buffer.AsMemory(0, count), ct);
        }

        var type = response.Content.Headers.ContentType;
        return new WebAnswer(
            address,
            response.StatusCode,
            type?.MediaType?.ToLowerInvariant() ?? "",
            type?.CharSet?.Trim('"'),
            read.ToArray()
        );
    }
}
