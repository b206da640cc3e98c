using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Routing;

/// <summary>
/// The circuit breaker of one endpoint: after some failures in a row it is left alone, then one call is let through to see, and that
/// call's end decides. A provider that says when to come back is left alone until then.
/// </summary>
internal sealed class CircuitBreaker(RoutingLimits limits, TimeProvider time)
{
    private const int MostDoublings = 10;
    private readonly Lock gate = new();
    private int busy;
    private int failures;
    private int openings;
    private long since;
    private TimeSpan rest;
    private bool isOpen;
    private bool isProbed;
    private bool isSlow;

    /// <summary>Calls under way.</summary>
    public int Busy => Volatile.Read(ref busy);

    /// <summary>It failed too often, and no call has succeeded since.</summary>
    public bool IsOpen
    {
        get
        {
            lock (gate)
            {
                return isOpen;
            }
        }
    }

    /// <summary>It is left alone because somebody waited for it in vain.</summary>
    public bool IsSlow
    {
        get
        {
            lock (gate)
            {
                return isOpen && isSlow;
            }
        }
    }

    /// <summary>The provider asked for a pause that is not over: whoever has no other choice may still ask.</summary>
    public bool IsAskedToPause
    {
        get
        {
            lock (gate)
            {
                return !isOpen && Left() > TimeSpan.Zero;
            }
        }
    }

    /// <summary>Whether a call would be let through just now; takes no place.</summary>
    public bool MayEnter(bool ignoresHealth)
    {
        lock (gate)
        {
            return LetsIn(ignoresHealth);
        }
    }

    /// <summary>False: it is left alone just now. True takes a place, to be given back by <see cref="Leave"/>.</summary>
    public bool TryEnter(bool ignoresHealth)
    {
        lock (gate)
        {
            if (!LetsIn(ignoresHealth))
            {
                return false;
            }

            isProbed = isOpen;
            busy++;
            return true;
        }
    }

    public void Leave()
    {
        lock (gate)
        {
            busy--;
        }
    }

    /// <summary>How long it is still left alone; null while calls are let through.</summary>
    public TimeSpan? Rest()
    {
        lock (gate)
        {
            return Left() is var left && left > TimeSpan.Zero ? left : null;
        }
    }

    public void Succeeded()
    {
        lock (gate)
        {
            (failures, openings, rest, isOpen, isProbed) = (0, 0, TimeSpan.Zero, false, false);
        }
    }

    /// <summary>Nothing was learnt about it: the caller went away, or asked for something that no one would have answered.</summary>
    public void NothingLearnt()
    {
        lock (gate)
        {
            isProbed = false;
        }
    }

    public void Failed(ProviderException error)
    {
        lock (gate)
        {
            var pause = error.Kind == ProviderErrorKind.RateLimited ? error.RetryAfter : null;
            // Of a call that began before: many that break at once are one outage, and its rest is not doubled for each of them.
            if (pause is null && isOpen && Left() > TimeSpan.Zero)
            {
                return;
            }

            (isProbed, isSlow) = (false, error.WasGivenUp);
            if (pause is { } asked)
            {
                RestFor(asked);
            }
            else if (++failures >= limits.FailuresToOpen || error.WasGivenUp)
            {
                // Not reset: the one call that is let through opens it again when it fails too.
                isOpen = true;
                openings = Math.Min(openings + 1, MostDoublings);
                RestFor(limits.OpenFor * Math.Pow(2, openings - 1));
            }
        }
    }

    private bool LetsIn(bool ignoresHealth) => ignoresHealth || (Left() <= TimeSpan.Zero && !isProbed);

    private TimeSpan Left() => rest > TimeSpan.Zero ? rest - time.GetElapsedTime(since) : TimeSpan.Zero;

    private void RestFor(TimeSpan pause)
    {
        since = time.GetTimestamp();
        rest = pause < limits.LongestRest ? pause : limits.LongestRest;
    }
}
