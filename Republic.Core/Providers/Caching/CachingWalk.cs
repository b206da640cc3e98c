using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Spending.Admission;

namespace Republic.Core.Providers.Caching;

/// <summary>Goes through a route's candidates, unless the same was asked before and its answer is remembered: then nobody is asked.</summary>
internal sealed class CachingWalk(RouteWalk walk, AnswerCache answers, SpendingGate spending, TimeProvider time)
{
    public Task<RoutedAnswer> AskAsync(ModelRoute route, ModelRequest request, RouteLog log, RouteWalk.Ask ask, CancellationToken ct) =>
        route.Cache is { } policy && answers.IsOn && route.Nearest is { } first
            ? AskAsync(route, policy, first, request, log, ask, ct)
            : walk.AskAsync(route, request, log, ask, ct);

    /// <summary>Counts an answer that nobody is asked for: it costs nothing, but not everybody may ask as often as they like.</summary>
    public void CountUnasked(ModelRoute route)
    {
        if (spending.TooFast(route) is { } refusal)
        {
            throw RouteLog.Refused(refusal);
        }
    }

    /// <summary>Whether nobody would be asked.</summary>
    public bool Recalls(ModelRoute route, ModelRequest request) =>
        route is { Cache: { MayRecall: true } policy, Nearest: { } first }
        && answers.IsOn
        && answers.Knows(AnswerKey.Of(route, policy, request, first));

    private async Task<RoutedAnswer> AskAsync(
        ModelRoute route,
        CachePolicy policy,
        ModelTarget first,
        ModelRequest request,
        RouteLog log,
        RouteWalk.Ask ask,
        CancellationToken ct
    )
    {
        var started = time.GetTimestamp();
        var key = AnswerKey.Of(route, policy, request, first);
        if (policy.MayRecall && answers.Find(key) is { } known)
        {
            // It costs nothing, but whoever may ask so often in a minute has asked.
            return spending.TooFast(route) is { } refusal
                ? throw RouteLog.Refused(refusal)
                : Recalled(known, log, time.GetElapsedTime(started));
        }

        var answer = await walk.AskAsync(route, request, log, ask, ct);
        if (policy.MayKeep)
        {
            answer.RecordTo(new AnswerRecording(answers, key, policy.KeepFor, request.Member));
        }

        return answer;
    }

    private static RoutedAnswer Recalled(CachedAnswer known, RouteLog log, TimeSpan took)
    {
        var target = new ModelTarget(known.Provider, known.ModelId, null, null);
        log.Recalled(target, took, HistoryFit.Of(known.Provider, known.Body, isStream: false));
        return RoutedAnswer.Recalled(target, known.Body, log);
    }
}
