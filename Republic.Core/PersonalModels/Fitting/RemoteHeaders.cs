using System.Collections.Concurrent;
using Republic.Core.Llama.Gguf;
using Republic.Core.PersonalModels.Sources;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>
/// Headers of files at their sources, read without a download. What was read is known for an hour, and for a minute why nothing could be.
/// </summary>
public sealed class RemoteHeaders(SourceClient sources, TimeProvider time) : IDisposable
{
    private const int MaxCached = 256;

    /// <summary>Each may hold 64 MiB of a header.</summary>
    private const int MaxAtOnce = 4;

    /// <summary>Fetches of one person at a time, so that slow sources do not keep others waiting.</summary>
    private const int MaxPerPerson = 2;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Of an answer without a header. As much may have been fetched for it, and nobody is to have it fetched again and again.</summary>
    private static readonly TimeSpan LifetimeOfFailure = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TurnTimeout = TimeSpan.FromSeconds(90);

    private readonly Lock gate = new();
    private readonly Dictionary<string, CachedAnswer> cached = new(StringComparer.Ordinal);
    private readonly Dictionary<(Guid Person, string Url), Task<HeaderAnswer>> underWay = [];
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
            return address.IsAbsoluteUri ? AnswerOf(address)?.Header : null;
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
    public Task<HeaderAnswer> ReadAsync(Guid person, Uri url, CancellationToken ct) => ReadAsync(person, url, again: false, ct);

    /// <summary>The same, and a source that has just failed is asked again: for a person who wants it to be tried once more.</summary>
    internal Task<HeaderAnswer> ReadAgainAsync(Guid person, Uri url, CancellationToken ct) => ReadAsync(person, url, again: true, ct);

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private Task<HeaderAnswer> ReadAsync(Guid person, Uri url, bool again, CancellationToken ct)
    {
        var address = SourceAddress.OfFile(url);
        if (!address.IsAbsoluteUri)
        {
            return Task.FromResult(HeaderAnswer.Of(Failure.Invalid("url", "The URL must start with http:// or https://.")));
        }

        Task<HeaderAnswer>? fetch;
        lock (gate)
        {
            if (AnswerOf(address) is { } known && (known.Header is not null || !again))
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

    private async Task<HeaderAnswer> FetchAsync(Guid person, Uri address)
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
    private async Task<HeaderAnswer> TurnAsync(Guid person, Uri address)
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

            var answer = await AnswerAsync(address);
            Cache(address, answer);
            return answer;
        }
        catch (OperationCanceledException) when (taken.Count < 2 && late.IsCancellationRequested)
        {
            return HeaderAnswer.Of(Failure.Upstream("Other headers are being read here and take their time. Try again in a minute."));
        }
        finally
        {
            taken.ForEach(turn => turn.Release());
        }
    }

    private async Task<HeaderAnswer> AnswerAsync(Uri address)
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
            return HeaderAnswer.Of(failure with { RetryAfter = error.RetryAfter }, error.AllowableHost);
        }
        catch (GgufException error)
        {
            return HeaderAnswer.Of(Failure.Invalid("url", error.Message));
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return HeaderAnswer.Of(Failure.Upstream($"The connection to {address.Host} broke off. Try again in a minute."));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return HeaderAnswer.Of(
                Failure.Upstream(
                    $"{address.Host} did not give the header within {FetchTimeout.TotalSeconds:0} seconds. Try again in a minute."
                )
            );
        }
    }

    /// <summary>While the gate is held.</summary>
    private HeaderAnswer? AnswerOf(Uri address) =>
        cached.TryGetValue(address.AbsoluteUri, out var one) && time.GetUtcNow() < one.Until ? one.Answer : null;

    private void Cache(Uri address, HeaderAnswer answer)
    {
        // A superuser may allow the host this minute, and nothing was fetched.
        if (answer.AllowableHost is not null)
        {
            return;
        }

        lock (gate)
        {
            if (cached.Count >= MaxCached && !cached.ContainsKey(address.AbsoluteUri))
            {
                cached.Remove(cached.MinBy(one => one.Value.Until).Key);
            }

            var lifetime = answer.Header is null ? LifetimeOfFailure : Lifetime;
            cached[address.AbsoluteUri] = new CachedAnswer(answer, time.GetUtcNow() + lifetime);
        }
    }

    private sealed record CachedAnswer(HeaderAnswer Answer, DateTimeOffset Until);
}
