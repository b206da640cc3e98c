using Republic.Core.Llama.Gguf;
using Republic.Core.PersonalModels.Sources;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>
/// Headers of files at their sources, read without a download. One that was read is known for an hour, and those who want the same at a time
/// share one fetch.
/// </summary>
public sealed class RemoteHeaders(SourceClient sources, TimeProvider time) : IDisposable
{
    private const int MaxCached = 256;

    /// <summary>Each may hold 64 MiB of a header.</summary>
    private const int MaxAtOnce = 4;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly Dictionary<string, CachedHeader> cached = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<HeaderAnswer>> underWay = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim slots = new(MaxAtOnce);
    private readonly CancellationTokenSource stop = new();

    /// <summary>What was read within the last hour, without asking anybody; null where nothing was.</summary>
    /// <param name="url">Of the file, or of the page about it.</param>
    public RemoteHeader? Known(Uri url)
    {
        var address = SourceAddress.OfFile(url);
        lock (gate)
        {
            return address.IsAbsoluteUri && cached.TryGetValue(address.AbsoluteUri, out var one) && time.GetUtcNow() < one.Until
                ? one.Header
                : null;
        }
    }

    /// <summary>For when the file turned out to be another one by now.</summary>
    /// <param name="etag">What the source says now; what is known under it stays.</param>
    public void Forget(Uri url, string? etag)
    {
        lock (gate)
        {
            if (Known(url) is { } header && (etag is null || header.ETag != etag))
            {
                cached.Remove(header.Url.AbsoluteUri);
            }
        }
    }

    /// <param name="url">Of the file, or of the page about it.</param>
    public Task<HeaderAnswer> ReadAsync(Uri url, CancellationToken ct)
    {
        var address = SourceAddress.OfFile(url);
        if (!address.IsAbsoluteUri)
        {
            return Task.FromResult(HeaderAnswer.Of(Failure.Invalid("url", "The URL must start with http:// or https://.")));
        }

        Task<HeaderAnswer>? fetch;
        lock (gate)
        {
            if (Known(address) is { } header)
            {
                return Task.FromResult(HeaderAnswer.Of(header));
            }

            if (!underWay.TryGetValue(address.AbsoluteUri, out fetch))
            {
                // On another thread, so that it cannot end before it is noted here.
                fetch = Task.Run(() => FetchAsync(address), CancellationToken.None);
                underWay[address.AbsoluteUri] = fetch;
            }
        }

        // It goes on when one who asked goes away; others may wait for it.
        return fetch.WaitAsync(ct);
    }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private async Task<HeaderAnswer> FetchAsync(Uri address)
    {
        HeaderAnswer? answer = null;
        try
        {
            return answer = await AnswerAsync(address);
        }
        finally
        {
            lock (gate)
            {
                underWay.Remove(address.AbsoluteUri);
                if (answer?.Header is { } header)
                {
                    Cache(header);
                }
            }
        }
    }

    private async Task<HeaderAnswer> AnswerAsync(Uri address)
    {
        using var late = new CancellationTokenSource(FetchTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop.Token);
        try
        {
            await slots.WaitAsync(either.Token);
            try
            {
                return await new HeaderFetch(sources, address).RunAsync(either.Token);
            }
            finally
            {
                slots.Release();
            }
        }
        catch (SourceException error)
        {
            var failure = error.IsTransient ? Failure.Upstream(error.Message) : Failure.Invalid("url", error.Message);
            return HeaderAnswer.Of(failure with { RetryAfter = error.RetryAfter }, error.AllowableHost);
        }
        catch (GgufException error)
        {
            return HeaderAnswer.Of(Failure.Invalid("url", error.Message));
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return HeaderAnswer.Of(Failure.Upstream($"The connection to {address.Host} broke: {error.GetBaseException().Message}"));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return HeaderAnswer.Of(
                Failure.Upstream($"{address.Host} did not give the header within {FetchTimeout.TotalSeconds:0} seconds. Try again.")
            );
        }
    }

    private void Cache(RemoteHeader header)
    {
        if (cached.Count >= MaxCached && !cached.ContainsKey(header.Url.AbsoluteUri))
        {
            cached.Remove(cached.MinBy(one => one.Value.Until).Key);
        }

        cached[header.Url.AbsoluteUri] = new CachedHeader(header, time.GetUtcNow() + Lifetime);
    }

    private sealed record CachedHeader(RemoteHeader Header, DateTimeOffset Until);
}
