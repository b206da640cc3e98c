using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Republic.Core.Providers.Routing;

/// <summary>
/// Goes through a route's candidates until one answers. Who fails without a word is followed by the next at once; when all have failed
/// and some may recover, those are asked again after a pause.
/// </summary>
internal sealed class RouteWalk(RoutePlan plan, UpstreamHealth health, IOptions<RoutingLimits> options, TimeProvider time)
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
            foreach (var step in plan.Steps(route, round == 0))
            {
                if (WayOf(step, log, round == 0) is not { } way || hopeless.Contains(way))
                {
                    continue;
                }

                var (answer, wait) = await TryAsync(way, step.WhateverItsHealth, round, log, ask, ct);
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

    /// <returns>Who is asked now; null where the step is only to be written down.</returns>
    private ModelTarget? WayOf(RouteStep step, RouteLog log, bool isFirst)
    {
        if (step.Objection is { } objection)
        {
            if (isFirst)
            {
                log.PassedOver(step.Candidate, objection);
            }

            return null;
        }

        if (step.IsPutOff)
        {
            log.IsResting(step.Way!, health.RestOf(step.Way!));
            return null;
        }

        return step.Way;
    }

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

    private bool GoesOn(ModelRoute route, int round, TimeSpan pause, TimeSpan waited) =>
        !route.IsDirect && round + 1 < limits.Rounds && pause <= limits.LongestPause && waited + pause <= limits.Patience;

    // Many callers that failed together are not to come back together.
    private TimeSpan Backoff(int round) => limits.FirstPause * Math.Pow(2, round) * RandomNumberGenerator.GetInt32(500, 1500) / 1000;
}
