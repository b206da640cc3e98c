using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Republic.Core.Minions.Access;

namespace Republic.Web.Api.OpenAi;

/// <summary>Holds callers of <c>/v1</c> to so many requests a minute and so many streams at once, on each node.</summary>
internal sealed class OpenAiLimits : IDisposable
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private readonly OpenAiOptions options;
    private readonly PartitionedRateLimiter<Guid>? requests;
    private readonly ConcurrentDictionary<Guid, int> streams = new();

    public OpenAiLimits(IOptions<OpenAiOptions> options)
    {
        this.options = options.Value;
        if (this.options.RequestsPerMinute == 0)
        {
            return;
        }

        // Buckets are filled ten times a second.
        var tokens = (this.options.RequestsPerMinute + 599) / 600;
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = this.options.RequestsPerMinute,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) * tokens / this.options.RequestsPerMinute,
            QueueLimit = 0,
            AutoReplenishment = true,
        };
        requests = PartitionedRateLimiter.Create<Guid, Guid>(caller => RateLimitPartition.GetTokenBucketLimiter(caller, _ => bucket));
    }

    /// <summary>Counts a request, and says in the headers what is left.</summary>
    /// <returns>How long to wait; null when it may go on.</returns>
    public TimeSpan? Take(ApiCaller caller, IHeaderDictionary headers)
    {
        if (requests is null)
        {
            return null;
        }

        var partition = caller.Minion?.Minion.Id ?? caller.Owner;
        using var lease = requests.AttemptAcquire(partition);
        var left = requests.GetStatistics(partition)?.CurrentAvailablePermits ?? 0;
        headers["x-ratelimit-limit-requests"] = options.RequestsPerMinute.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-remaining-requests"] = left.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-reset-requests"] = Seconds(left);
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.Zero ? wait
            : ShortestWait;
    }

    /// <returns>Dispose it when the stream has ended; null where there are too many.</returns>
    public IDisposable? OpenStream(Guid owner)
    {
        if (options.StreamsPerPerson == 0)
        {
            return UnlimitedLease.One;
        }

        var open = streams.AddOrUpdate(owner, 1, (_, count) => count + 1);
        var stream = new StreamLease(this, owner);
        if (open <= options.StreamsPerPerson)
        {
            return stream;
        }

        stream.Dispose();
        return null;
    }

    public void Dispose() => requests?.Dispose();

    // When the whole minute's worth is there again, as OpenAI writes it.
    private string Seconds(long left)
    {
        var seconds = (options.RequestsPerMinute - left) * 60d / options.RequestsPerMinute;
        return $"{Math.Round(seconds, 2).ToString(CultureInfo.InvariantCulture)}s";
    }

    private void Closed(Guid owner)
    {
        if (streams.AddOrUpdate(owner, 0, (_, count) => count - 1) == 0)
        {
            streams.TryRemove(new KeyValuePair<Guid, int>(owner, 0));
        }
    }

    private sealed class StreamLease(OpenAiLimits limits, Guid owner) : IDisposable
    {
        public void Dispose() => limits.Closed(owner);
    }

    private sealed class UnlimitedLease : IDisposable
    {
        public static readonly UnlimitedLease One = new();

        public void Dispose() { }
    }
}
