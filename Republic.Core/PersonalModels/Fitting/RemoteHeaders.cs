using System.Collections.Concurrent;
using Republic.Core.Llama.Gguf;
using Republic.Core.PersonalModels.Sources;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>
/// Headers of files at their sources, read without a download. What was read is known for an hour, and why nothing could be
/// for a minute at most.
/// </summary>
public sealed class RemoteHeaders(SourceClient sources, TimeProvider time) : IDisposable
{
    private const int MaxCached = 256;

    /// <summary>Each may hold 64 MiB of a header.</summary>
    private const int MaxAtOnce = 4;

    /// <summary>Fetches of one person at a time, so that slow sources do not keep others waiting.</summary>
    private const int MaxPerPerson = 2;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>
    /// The longest of a result without a header; a source may name a shorter time. As much may have been fetched for it, and nobody is to have
    /// it fetched again and again.
    /// </summary>
    private static readonly TimeSpan LifetimeOfFailure = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TurnTimeout = TimeSpan.FromSeconds(90);

    private readonly Lock gate = new();
    private readonly Dictionary<string, CachedResult> cached = new(StringComparer.Ordinal);
    private readonly Dictionary<(Guid Person, string Url), Task<HeaderResult>> underWay = [];
    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> shares = [];
    private readonly SemaphoreSlim slots = new(MaxAtOnce);
    private readonly CancellationTokenSource stop = new();

    /// <summary>What was read within the last hour, without asking anybody; null where nothing was.</summary>
    /// <param name="url">Of the file, or of the page about it.</param>
    public RemoteHeader? Known(Uri url)
    {
        var address = SourceAddress.OfFile(url);
        lock (gate)
        {
            return address.IsAbsoluteUri ? CachedOf(address)?.Header : null;
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

    /// <param name="person">The one who asks, and whose share the fetch takes.</param>
    /// <param name="url">Of the file, or of the page about it.</param>
    public Task<HeaderResult> ReadAsync(Guid person, Uri url, CancellationToken ct) => ReadAsync(person, url, again: false, ct);

    /// <summary>The same, and a source that has just failed is asked again: for a person who wants it to be tried once more.</summary>
    internal Task<HeaderResult> ReadAgainAsync(Guid person, Uri url, CancellationToken ct) => ReadAsync(person, url, again: true, ct);

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private Task<HeaderResult> ReadAsync(Guid person, Uri url, bool again, CancellationToken ct)
    {
        var address = SourceAddress.OfFile(url);
        if (!address.IsAbsoluteUri)
        {
            return Task.FromResult(HeaderResult.Of(Failure.Invalid("url", "The URL must start with http:// or https://.")));
        }

        Task<HeaderResult>? fetch;
        lock (gate)
        {
            if (CachedOf(address) is { } known && (known.Header is not null || !again))
            {
                return Task.FromResult(known);
            }

            if (!underWay.TryGetValue((person, address.AbsoluteUri), out fetch))
            {
                // On another thread, so that it cannot end before it is noted here.
                fetch = Task.Run(() => FetchAsync(person, address), CancellationToken.None);
                underWay[(person, address.AbsoluteUri)] = fetch;
            }
        }

        // It goes on when one who asked goes away; others may wait for it.
        return fetch.WaitAsync(ct);
    }

    private async Task<HeaderResult> FetchAsync(Guid person, Uri address)
    {
        try
        {
            return await TurnAsync(person, address);
        }
        finally
        {
            lock (gate)
            {
                underWay.Remove((person, address.AbsoluteUri));
            }
        }
    }

    /// <summary>Waits for a slot: the time that others take does not count against the source.</summary>
    private async Task<HeaderResult> TurnAsync(Guid person, Uri address)
    {
        using var late = new CancellationTokenSource(TurnTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop.Token);
        var share = shares.GetOrAdd(person, static _ => new SemaphoreSlim(MaxPerPerson));
        List<SemaphoreSlim> taken = [];
        try
        {
            foreach (var turn in new[] { share, slots })
            {
                await turn.WaitAsync(either.Token);
                taken.Add(turn);
            }

            var result = await ResultAsync(address);
            Cache(address, result);
            return result;
        }
        catch (OperationCanceledException) when (taken.Count < 2 && late.IsCancellationRequested)
        {
            return HeaderResult.Of(Failure.Upstream("Other headers are being read here and take their time. Try again in a minute."));
        }
        finally
        {
            taken.ForEach(turn => turn.Release());
        }
    }

    private async Task<HeaderResult> ResultAsync(Uri address)
    {
        using var late = new CancellationTokenSource(FetchTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop.Token);
        try
        {
            return await new HeaderFetch(sources, address).RunAsync(either.Token);
        }
        catch (SourceException error)
        {
            var failure = error.IsTransient ? Failure.Upstream(error.Message) : Failure.Invalid("url", error.Message);
            return HeaderResult.Of(failure with { RetryAfter = error.RetryAfter }, error.AllowableHost);
        }
        catch (GgufException error)
        {
            return HeaderResult.Of(Failure.Invalid("url", error.Message));
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return HeaderResult.Of(Failure.Upstream($"The connection to {address.Host} broke off. Try again in a minute."));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return HeaderResult.Of(
                Failure.Upstream(
                    $"{address.Host} did not give the header within {FetchTimeout.TotalSeconds:0} seconds. Try again in a minute."
                )
            );
        }
    }

    /// <summary>While the gate is held.</summary>
    private HeaderResult? CachedOf(Uri address) =>
        cached.TryGetValue(address.AbsoluteUri, out var one) && time.GetUtcNow() < one.Until ? one.Result : null;

    private void Cache(Uri address, HeaderResult result)
    {
        // A superuser may allow the host this minute, and nothing was fetched.
        if (result.AllowableHost is not null)
        {
            return;
        }

        lock (gate)
        {
            if (cached.Count >= MaxCached && !cached.ContainsKey(address.AbsoluteUri))
            {
                cached.Remove(cached.MinBy(one => one.Value.Until).Key);
            }

            cached[address.AbsoluteUri] = new CachedResult(result.ForCache(), time.GetUtcNow() + LifetimeOf(result));
        }
    }

    private static TimeSpan LifetimeOf(HeaderResult result) =>
        result.Header is not null ? Lifetime
        : result.Failure?.RetryAfter is { } wait && wait < LifetimeOfFailure ? wait
        : LifetimeOfFailure;

    private sealed record CachedResult(HeaderResult Result, DateTimeOffset Until);
}
