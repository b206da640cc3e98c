using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Republic.Core.Providers.Spending.Admission;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Routing;

/// <summary>
/// Goes through a route's candidates until one answers. If an endpoint fails before its first token, the next is tried immediately; when
/// all have failed and some may recover, those are asked again after a pause.
/// </summary>
internal sealed class RouteWalk(
    RoutePlan plan,
    UpstreamHealth health,
    SpendingGate spending,
    IOptions<RoutingLimits> options,
    IOptions<UpstreamLimits> upstream,
    TimeProvider time
)
{
    /// <summary>A timer may fire this much early.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(5);

    private readonly RoutingLimits limits = options.Value;

    /// <summary>Asks one model, with the request's body as it is meant for it; it returns when the first word of an answer is there.</summary>
    public delegate Task<RoutedAnswer> Ask(ModelTarget target, ModelRequest request, ReadOnlyMemory<byte> body, CancellationToken ct);

    /// <exception cref="ProviderException">Nobody answered.</exception>
    public async Task<RoutedAnswer> AskAsync(ModelRoute route, ModelRequest request, RouteLog log, Ask ask, CancellationToken ct)
    {
        if (spending.TooFast(route) is { } refusal)
        {
            throw RouteLog.Refused(refusal);
        }

        var started = time.GetTimestamp();
        ask = route.Patience is { } patience ? WithPatience(ask, patience, started) : ask;
        HashSet<ModelTarget>? hopeless = null;
        for (var round = 0; ; round++)
        {
            // The soonest that anybody may be worth asking again.
            TimeSpan? pause = null;
            foreach (var step in plan.Steps(route, request.Path, round == 0))
            {
                if (time.GetElapsedTime(started) + Late >= upstream.Value.Total)
                {
                    throw log.Failure(null);
                }

                if (WayOf(step, request, log, round == 0) is not { } way || hopeless?.Contains(way) == true)
                {
                    continue;
                }

                var pass = await spending.EnterAsync(route, way, request, ct);
                var (answer, wait) = pass.Refusal is { } refused
                    ? Refuse(way, refused, log)
                    : await TryAsync(step, pass, request, round, log, At(ask, started), ct);
                if (answer is not null)
                {
                    return answer;
                }

                if (wait is null)
                {
                    (hopeless ??= new(ReferenceEqualityComparer.Instance)).Add(way);
                }

                pause = pause is null || wait < pause ? wait : pause;
            }

            if (pause is not { } soonest || !GoesOn(route, round, soonest, time.GetElapsedTime(started)))
            {
                throw log.Failure(pause);
            }

            // A rest that has a moment left would cost a round.
            await Task.Delay(soonest + Late, time, ct);
        }
    }

    /// <returns>Who is asked now; null where the step is only to be written down.</returns>
    private ModelTarget? WayOf(RouteStep step, ModelRequest request, RouteLog log, bool isFirst)
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
            log.IsPutOff(step.Way!, health.Of(step.Way!, request.Path).Rest());
            return null;
        }

        return step.Way;
    }

    private static (RoutedAnswer? Answer, TimeSpan? Wait) Refuse(ModelTarget way, SpendingRefusal refusal, RouteLog log)
    {
        log.IsRefused(way, refusal);
        return (null, refusal.Wait);
    }

    /// <returns>An answer; or how long to wait before it is worth asking again, null where it is not.</returns>
    private async Task<(RoutedAnswer? Answer, TimeSpan? Wait)> TryAsync(
        RouteStep step,
        SpendingPermit pass,
        ModelRequest request,
        int round,
        RouteLog log,
        Ask ask,
        CancellationToken ct
    )
    {
        var way = step.Way!;
        var body = pass.Body ?? request.Body(way);
        var state = health.Of(way, request.Path);
        if (!state.TryEnter(step.WhateverItsHealth))
        {
            pass.Reservation?.Release();
            log.IsResting(way, state);
            return (null, state.Rest() ?? Backoff(round));
        }

        var hop = log.Begin(way, pass);
        try
        {
            var answer = await ask(hop.Target, request, body, ct);
            state.Succeeded();
            answer.Follow(hop, state);
            return (answer, null);
        }
        catch (ProviderException error)
        {
            state.Leave();
            hop.Failed(error);
            if (error.Kind is ProviderErrorKind.BadRequest or ProviderErrorKind.ContextTooLong or ProviderErrorKind.OutOfMemory)
            {
                // What is wrong is the request, and nobody else would take it; or the machine's memory, of which its owner has to hear.
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

    /// <summary>The limit on a whole call covers its retries.</summary>
    private Ask At(Ask ask, long started)
    {
        var spent = time.GetElapsedTime(started);
        return spent < Late ? ask : (target, request, body, ct) => ask(target with { Spent = spent }, request, body, ct);
    }

    private Ask WithPatience(Ask ask, TimeSpan patience, long started) =>
        async (target, request, body, ct) =>
        {
            var left = patience - time.GetElapsedTime(started);
            using var late = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
            try
            {
                return await ask(target, request, body, either.Token);
            }
            catch (OperationCanceledException) when (late.IsCancellationRequested && !ct.IsCancellationRequested)
            {
                throw ProviderErrors.GivenUp(target, patience);
            }
        };

    private bool GoesOn(ModelRoute route, int round, TimeSpan pause, TimeSpan waited) =>
        !route.IsDirect
        && round + 1 < limits.Rounds
        && pause <= limits.LongestPause
        && waited + pause <= (route.Patience ?? limits.Patience);

    // Jitter, so that callers do not retry in lockstep.
    private TimeSpan Backoff(int round) => limits.FirstPause * Math.Pow(2, round) * RandomNumberGenerator.GetInt32(500, 1500) / 1000;
}
