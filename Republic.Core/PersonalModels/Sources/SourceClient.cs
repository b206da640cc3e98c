using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Republic.Core.Security;

namespace Republic.Core.PersonalModels.Sources;

/// <summary>
/// Reads files from where people point. Each address is checked, also those that redirects lead to, and what is asked for is the file as it
/// is, never a compressed form of it.
/// </summary>
public sealed class SourceClient(OutboundGuard guard, TimeProvider time) : IDisposable
{
    private const int MostRedirects = 5;

    /// <summary>A longer one is kept nowhere, and counts as none.</summary>
    private const int LongestETag = 256;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    private readonly HttpMessageInvoker http = new(guard.CreateHandler(), disposeHandler: true);

    /// <param name="from">The first byte that is wanted.</param>
    /// <param name="to">The last one; null: all that follow.</param>
    /// <param name="etag">Of the file as it was: if it is another one by now, all of it comes.</param>
    /// <returns>Its bytes from there on: none where the file ends before, all of them where the source gives no parts.</returns>
    /// <exception cref="SourceException">It cannot be had, or not now.</exception>
    public async Task<SourceAnswer> ReadAsync(Uri url, long from, long? to, string? etag, CancellationToken ct)
    {
        string? sha256 = null;
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            if (guard.Check(url, "url") is { } refused)
            {
                throw new SourceException(refused.Message, isTransient: false) { AllowableHost = guard.Allowable(url.AbsoluteUri) };
            }

            var response = await SendAsync(url, from, to, etag, ct);
            // A store for large files gives the digest with the redirect to where the file really is.
            sha256 ??= DigestIn(response);
            // The file became shorter than what was asked for. Not every source says how long it is now; the whole file does.
            if (
                response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable
                && !IsAtEnd(response, from)
                && (from, to) is not (0, null)
            )
            {
                response.Dispose();
                (from, to, etag) = (0, null, null);
                continue;
            }

            if (response.StatusCode is not (>= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest))
            {
                return await AnswerAsync(response, from, sha256, ct);
            }

            using (response)
            {
                url =
                    response.Headers.Location is { } next && Uri.TryCreate(url, next, out var following)
                        ? following
                        : throw new SourceException($"{url.Host} leads elsewhere without saying where.", isTransient: false);
            }
        }

        throw new SourceException($"The address leads elsewhere more than {MostRedirects} times.", isTransient: false);
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Uri url, long from, long? to, string? etag, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Republic", null));
        if (from > 0 || to is not null)
        {
            request.Headers.Range = new RangeHeaderValue(from, to);
            request.Headers.IfRange = etag is null ? null : RangeConditionHeaderValue.Parse(etag);
        }

        using var late = new CancellationTokenSource(AnswerTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        try
        {
            return await http.SendAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new SourceException($"{url.Host} did not answer within {AnswerTime.TotalSeconds:0} seconds.", isTransient: true);
        }
        catch (HttpRequestException error) when (error.GetBaseException() is OutboundRefusedException refused)
        {
            throw new SourceException(refused.Message, isTransient: false) { AllowableHost = refused.Allowable };
        }
        catch (HttpRequestException error) when (error.GetBaseException() is SocketException { SocketErrorCode: SocketError.HostNotFound })
        {
            throw new SourceException(
                $"{url.Host} was not found. Check the address, and whether this server reaches the network.",
                isTransient: true
            );
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new SourceException($"{url.Host} could not be reached: {error.GetBaseException().Message}", isTransient: true);
        }
    }

    private async Task<SourceAnswer> AnswerAsync(HttpResponseMessage response, long from, string? sha256, CancellationToken ct)
    {
        try
        {
            var isAtEnd = IsAtEnd(response, from);
            if (!isAtEnd)
            {
                Refuse(response, from);
            }

            var isPart = isAtEnd || response.StatusCode == HttpStatusCode.PartialContent;
            var total = isPart ? response.Content.Headers.ContentRange?.Length : response.Content.Headers.ContentLength;
            return new SourceAnswer(response, isAtEnd ? Stream.Null : await response.Content.ReadAsStreamAsync(ct), time)
            {
                From = isPart ? from : 0,
                TotalBytes = total,
                ETag = response.Headers.ETag is { IsWeak: false, Tag.Length: <= LongestETag } strong ? strong.ToString() : null,
                Sha256 = sha256,
                GivesParts = isPart,
                AcceptsRanges = isPart || response.Headers.AcceptRanges.Contains("bytes", StringComparer.OrdinalIgnoreCase),
            };
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static bool IsAtEnd(HttpResponseMessage response, long from) =>
        response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && response.Content.Headers.ContentRange?.Length == from;

    private void Refuse(HttpResponseMessage response, long from)
    {
        var host = response.RequestMessage!.RequestUri!.Host;
        var status = (int)response.StatusCode;
        if (status is 401 or 403)
        {
            throw new SourceException(
                $"{host} gives this file only to those who are signed in there ({status}). Fetch it there, then upload it here.",
                isTransient: false
            );
        }

        if (status is 404 or 410)
        {
            throw new SourceException($"There is no such file at {host} ({status}). Check the address.", isTransient: false);
        }

        if (status is not (200 or 206))
        {
            throw new SourceException(
                $"{host} answered with {status} {response.ReasonPhrase}.",
                isTransient: status is 408 or 425 or 429 or >= 500
            )
            {
                RetryAfter = response.Headers.RetryAfter is { } later ? later.Delta ?? later.Date - time.GetUtcNow() : null,
            };
        }

        if (status == 206 && response.Content.Headers.ContentRange?.From != from)
        {
            throw new SourceException($"{host} gave another part of the file than it was asked for.", isTransient: false);
        }

        if (response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml")
        {
            throw new SourceException(
                $"{host} answered with a web page and not with a file. Use the address of the file itself, which often ends in .gguf.",
                isTransient: false
            );
        }

        if (response.Content.Headers.ContentEncoding.Count > 0)
        {
            throw new SourceException($"{host} gives the file only in a compressed form. Use another address.", isTransient: false);
        }
    }

    private static string? DigestIn(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Linked-ETag", out var values)
        && values.First().Trim('"') is { Length: 64 } digest
        && digest.All(char.IsAsciiHexDigitLower)
            ? digest
            : null;
}
