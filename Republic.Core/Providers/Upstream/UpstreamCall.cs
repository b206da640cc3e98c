using System.Collections.Concurrent;
using System.Text;

namespace Republic.Core.Providers.Upstream;

/// <summary>One HTTP call to a provider, under limits: on the wait for the first byte, between bytes, in all, and on size.</summary>
public sealed class UpstreamCall(HttpMessageInvoker http, UpstreamLimits limits, TimeProvider time)
{
    private const int MaxAddresses = 10_000;

    // Putting an address together and taking it apart again is most of what a request costs to make.
    private readonly ConcurrentDictionary<(Uri Root, string Path), Uri> addresses = new();

    public UpstreamLimits Limits => limits;

    /// <summary>
    /// A successful answer, headers read. Its content stream is watched: it throws <see cref="ProviderException"/> when the upstream
    /// stalls, breaks off or sends too much.
    /// </summary>
    /// <param name="body">JSON as UTF-8; null makes it a GET.</param>
    /// <param name="whole">The answer comes in one piece, so its headers may wait for its last word.</param>
    public async Task<HttpResponseMessage> SendAsync(
        ModelTarget target,
        string path,
        ReadOnlyMemory<byte>? body,
        bool whole,
        CancellationToken ct
    )
    {
        var request = Request(target, path, body);
        var started = time.GetTimestamp();
        var wait = limits.ToHeaders(whole, target.Spent);
        var watch = new CancellationTokenSource(wait, time);
        HttpResponseMessage? answer = null;
        try
        {
            using var registration = ct.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), watch);
            answer = await http.SendAsync(request, watch.Token);
            var content = answer.Content.ReadAsStream(CancellationToken.None);
            // The wait for its headers was part of the call.
            var asked = target with
            {
                Spent = target.Spent + time.GetElapsedTime(started),
            };
            var stream = new WatchedStream(content, asked, limits, watch, time, whole);
            if (!answer.IsSuccessStatusCode)
            {
                var (said, _) = await stream.ReadUpToAsync(limits.MaxErrorBytes, ct);
                throw ProviderErrors.FromStatus(target, answer, said.Span, time.GetUtcNow());
            }

            answer.Content = new WatchedContent(target, stream, answer.Content.Headers);
            return answer;
        }
        catch (Exception e)
        {
            answer?.Dispose();
            watch.Dispose();
            ct.ThrowIfCancellationRequested();
            throw e switch
            {
                ProviderException known => known,
                OperationCanceledException => ProviderErrors.Timeout(target, wait),
                HttpRequestException or IOException or NotSupportedException => ProviderErrors.FromTransport(
                    target,
                    request.RequestUri!,
                    e
                ),
                _ => e,
            };
        }
    }

    private HttpRequestMessage Request(ModelTarget target, string path, ReadOnlyMemory<byte>? body)
    {
        var row = target.Provider;
        var key = row.Key == KeyNeed.None ? null : target.ApiKey;
        if (row.Key == KeyNeed.Required && string.IsNullOrEmpty(key))
        {
            throw new ProviderException(
                ProviderErrorKind.BadKey,
                row.DisplayName,
                $"{row.DisplayName} needs an API key. Enter one. {row.Help}"
            )
            {
                NeverSent = true,
            };
        }

        if (key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ProviderException(
                ProviderErrorKind.BadKey,
                row.DisplayName,
                $"The key for {row.DisplayName} holds a blank, a line break or a letter that no key has. Paste it again."
            )
            {
                NeverSent = true,
            };
        }

        var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, Address(target, path));
        if (body is { } json)
        {
            request.Content = new ReadOnlyMemoryContent(json);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }

        if (target.IdempotencyKey is { } call)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", call.ToString());
        }

        if (!string.IsNullOrEmpty(key) && !row.HasKeyHeader)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        }

        foreach (var (name, value) in row.Headers)
        {
            if (!value.Contains("{key}", StringComparison.Ordinal))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
            else if (!string.IsNullOrEmpty(key))
            {
                request.Headers.TryAddWithoutValidation(name, value.Replace("{key}", key, StringComparison.Ordinal));
            }
        }

        return request;
    }

    private Uri Address(ModelTarget target, string path)
    {
        var root = (target.Provider.TakesBaseUrl ? target.BaseUrl : null) ?? target.Provider.BaseUrl;
        if (root is null)
        {
            var name = target.Provider.DisplayName;
            throw new ProviderException(
                ProviderErrorKind.BadRequest,
                name,
                $"{name} needs a base URL, e.g. https://api.example.com/v1. Enter one."
            );
        }

        if (addresses.TryGetValue((root, path), out var known))
        {
            return known;
        }

        if (addresses.Count >= MaxAddresses)
        {
            addresses.Clear();
        }

        // A query in the base URL (an API version, say) belongs to every call.
        return addresses[(root, path)] = new Uri(
            root.GetLeftPart(UriPartial.Path).TrimEnd('/')
                + path
                + (path.Contains('?', StringComparison.Ordinal) ? root.Query.Replace('?', '&') : root.Query)
        );
    }
}
