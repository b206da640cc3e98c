using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Republic.Core.Providers.Routing;

/// <summary>
/// Goes through a route's candidates until one answers. Who fails without a word is followed by the next at once; when all have failed
/// and some may recover, those are asked again after a pause.
/// </summary>
internal sealed class RouteWalk(UpstreamHealth health, IOptions<RoutingLimits> options, TimeProvider time)
{
    private readonly RoutingLimits limits = options.Value;

    /// <param name="ask">Asks one model; it returns when the first word of an answer is there.</param>
    /// <exception cref="ProviderException">Nobody answered.</exception>
    public async Task<RoutedAnswer> AskAsync(
        ModelRoute route,
        RouteLog log,
        Func<ModelTarget, CancellationToken, Task<RoutedAnswer>> ask,
        CancellationToken ct
    )
    {
        var started = time.GetTimestamp();
        var hopeless = new HashSet<ModelTarget>(ReferenceEqualityComparer.Instance);
        for (var round = 0; ; round++)
        {
            // The soonest that anybody may be worth asking again.
            TimeSpan? pause = null;
            foreach (var (way, isPausing) in InTurn(route, log, round == 0))
            {
                if (hopeless.Contains(way))
                {
                    continue;
                }

                var (answer, wait) = await TryAsync(way, route.IsDirect || isPausing, round, log, ask, ct);
                if (answer is not null)
                {
                    return answer;
                }

                if (wait is null)
                {
                    hopeless.Add(way);
                }

                pause = pause is null || wait < pause ? wait : pause;
            }

            if (pause is not { } soonest || !GoesOn(route, round, soonest, time.GetElapsedTime(started)))
            {
                throw log.Failure(pause);
            }

            await Task.Delay(soonest, time, ct);
        }
    }

    private static string? Objection(ModelRoute route, RouteCandidate candidate) =>
        candidate.Ways.Count == 0 ? candidate.Problem ?? "There is no way to it."
        : !route.HasConsent && route.First is { LeavesMachine: false } && candidate.Ways.Any(way => way.LeavesMachine)
            ? "What you write would leave this machine, which you have not agreed to for this minion."
        : null;

    /// <returns>An answer; or how long to wait before it is worth asking again, null where it is not.</returns>
    private async Task<(RoutedAnswer? Answer, TimeSpan? Wait)> TryAsync(
        ModelTarget way,
        bool whateverItsHealth,
        int round,
        RouteLog log,
        Func<ModelTarget, CancellationToken, Task<RoutedAnswer>> ask,
        CancellationToken ct
    )
    {
        var state = health.Of(way);
        if (!state.TryEnter(whateverItsHealth))
        {
            log.IsResting(way, state.Rest());
            return (null, state.Rest() ?? Backoff(round));
        }

        var hop = log.Begin(way);
        try
        {
            var answer = await ask(hop.Target, ct);
            state.Succeeded();
            answer.Follow(hop, state);
            return (answer, null);
        }
        catch (ProviderException error)
        {
            state.Leave();
            hop.Failed(error);
            if (error.Kind is ProviderErrorKind.BadRequest or ProviderErrorKind.ContextTooLong)
            {
                // What is wrong is the request, and nobody else would take it.
                state.NothingLearnt();
                throw;
            }

            state.Failed(error);
            return (null, error.IsTransient ? error.RetryAfter ?? Backoff(round) : null);
        }
        catch
        {
            state.Leave();
            state.NothingLearnt();
            hop.Ended(RouteOutcome.Cancelled, null, null, null);
            throw;
        }
    }

    /// <summary>All ways in the order they are asked: those whose provider asked for a pause when everybody else has failed.</summary>
    private IEnumerable<(ModelTarget Way, bool IsPausing)> InTurn(ModelRoute route, RouteLog log, bool isFirst)
    {
        var pausing = new List<ModelTarget>();
        foreach (var candidate in route.Candidates)
        {
            if (Objection(route, candidate) is { } objection)
            {
                if (isFirst)
                {
                    log.PassedOver(candidate, objection);
                }

                continue;
            }

            foreach (var way in LeastBusy(candidate.Ways))
            {
                if (isFirst && !route.IsDirect && health.Of(way) is { IsAskedToPause: true } state)
                {
                    pausing.Add(way);
                    log.IsResting(way, state.Rest());
                }
                else
                {
                    yield return (way, false);
                }
            }
        }

        foreach (var way in pausing)
        {
            yield return (way, true);
        }
    }

    /// <summary>Ways that are equally busy stay in their order.</summary>
    private IEnumerable<ModelTarget> LeastBusy(IReadOnlyList<ModelTarget> ways) =>
        ways.Count < 2 ? ways : ways.OrderBy(way => health.Of(way).Busy);

    private bool GoesOn(ModelRoute route, int round, TimeSpan pause, TimeSpan waited) =>
        !route.IsDirect && round + 1 < limits.Rounds && pause <= limits.LongestPause && waited + pause <= limits.Patience;

    // Many callers that failed together are not to come back together.
    private TimeSpan Backoff(int round) => limits.FirstPause * Math.Pow(2, round) * RandomNumberGenerator.GetInt32(500, 1500) / 1000;
}
