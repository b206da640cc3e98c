using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Republic.Core.Providers.Spending.Admission;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Routing;

/// <summary>
/// Asks a route's endpoints until one answers. If one fails before its first token, the next is tried immediately; when all have failed and
/// some may recover, those are asked again after a pause.
/// </summary>
internal sealed class FailoverExecutor(
    EndpointClient endpoints,
    RoutePlan plan,
    SpendingGate spending,
    IOptions<RoutingLimits> options,
    IOptions<UpstreamLimits> upstream,
    TimeProvider time
)
{
    /// <summary>A timer may fire this much early.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(5);

    private readonly RoutingLimits limits = options.Value;

    /// <returns>The answer, once it is whole or the first word of its stream is there.</returns>
    /// <exception cref="ProviderException">No endpoint answered.</exception>
    public async Task<RoutedAnswer> SendAsync(RoutedCall call, CancellationToken ct)
    {
        if (call.Route.First is { } first && first.Provider.Lacks(call.Request.Needs) is { } field)
        {
            throw ProviderErrors.NotTaken(first, field);
        }

        if (spending.TooFast(call.Route) is { } refusal)
        {
            throw RouteLog.Refused(refusal);
        }

        HashSet<ModelTarget>? hopeless = null;
        for (var round = 0; ; round++)
        {
            // The soonest that any endpoint may be worth asking again.
            TimeSpan? pause = null;
            foreach (var step in plan.Steps(call.Route, call.Request, round == 0))
            {
                if (call.Elapsed + Tolerance >= upstream.Value.Total)
                {
                    throw call.Log.Failure(null);
                }

                if (EndpointOf(step, call, round == 0) is not { } endpoint || hopeless?.Contains(endpoint) == true)
                {
                    continue;
                }

                var (answer, wait) = await TryAsync(call, step, endpoint, round, ct);
                if (answer is not null)
                {
                    return answer;
                }

                if (wait is null)
                {
                    (hopeless ??= new(ReferenceEqualityComparer.Instance)).Add(endpoint);
                }

                pause = pause is null || wait < pause ? wait : pause;
            }

            if (pause is not { } soonest || !GoesOn(call, round, soonest))
            {
                throw call.Log.Failure(pause);
            }

            // A rest that has a moment left would cost a round.
            await Task.Delay(soonest + Tolerance, time, ct);
        }
    }

    /// <returns>The endpoint that is asked now; null where the step is only to be written down.</returns>
    private ModelTarget? EndpointOf(RouteStep step, RoutedCall call, bool isFirst)
    {
        if (step.Objection is { } objection)
        {
            if (isFirst)
            {
                call.Log.PassedOver(step.Candidate, objection);
            }

            return null;
        }

        if (step.IsPutOff)
        {
            call.Log.IsPutOff(step.Endpoint!, plan.BreakerOf(step.Endpoint!, call.Request.Path).Rest());
            return null;
        }

        return step.Endpoint;
    }

    /// <returns>An answer; or how long to wait before it is worth asking again, null where it is not.</returns>
    private async Task<(RoutedAnswer? Answer, TimeSpan? Wait)> TryAsync(
        RoutedCall call,
        RouteStep step,
        ModelTarget endpoint,
        int round,
        CancellationToken ct
    )
    {
        var permit = await spending.EnterAsync(call.Route, endpoint, call.Request, ct);
        if (permit.Refusal is { } refusal)
        {
            call.Log.IsRefused(endpoint, refusal);
            return (null, refusal.Wait);
        }

        var body = permit.Body ?? call.Request.Body(endpoint);
        var breaker = plan.BreakerOf(endpoint, call.Request.Path);
        if (!breaker.TryEnter(step.IgnoresHealth))
        {
            permit.Reservation?.Release();
            call.Log.IsResting(endpoint, breaker);
            return (null, breaker.Rest() ?? Backoff(round));
        }

        var attempt = call.Log.Begin(endpoint, permit, breaker);
        try
        {
            var answer = await AskAsync(call, attempt.Target, body, ct);
            answer.Follow(attempt);
            return (answer, null);
        }
        catch (ProviderException error)
        {
            attempt.Failed(error);
            if (error.IsFinal)
            {
                throw;
            }

            return (null, error.IsTransient ? error.RetryAfter ?? Backoff(round) : null);
        }
        catch
        {
            attempt.Cancelled();
            throw;
        }
    }

    /// <summary>Asks one endpoint, within what is left of the whole call's limit and of the caller's patience.</summary>
    private Task<RoutedAnswer> AskAsync(RoutedCall call, ModelTarget endpoint, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var spent = call.Elapsed;
        endpoint = spent < Tolerance ? endpoint : endpoint with { Spent = spent };
        return call.Route.Patience is { } patience
            ? AskAsync(call, endpoint, body, patience, ct)
            : endpoints.SendAsync(endpoint, call.Request, body, ct);
    }

    private async Task<RoutedAnswer> AskAsync(
        RoutedCall call,
        ModelTarget endpoint,
        ReadOnlyMemory<byte> body,
        TimeSpan patience,
        CancellationToken ct
    )
    {
        var left = patience - call.Elapsed;
        using var late = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            return await endpoints.SendAsync(endpoint, call.Request, body, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw ProviderErrors.GivenUp(endpoint, patience);
        }
    }

    private bool GoesOn(RoutedCall call, int round, TimeSpan pause) =>
        !call.Route.IsDirect
        && round + 1 < limits.Rounds
        && pause <= limits.LongestPause
        && call.Elapsed + pause <= (call.Route.Patience ?? limits.Patience);

    // Jitter, so that callers do not retry in lockstep.
    private TimeSpan Backoff(int round) => limits.FirstPause * Math.Pow(2, round) * RandomNumberGenerator.GetInt32(500, 1500) / 1000;
}
