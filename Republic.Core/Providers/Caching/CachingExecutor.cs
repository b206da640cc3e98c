using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Spending.Admission;

namespace Republic.Core.Providers.Caching;

/// <summary>Answers a call from memory, where the same was asked before and its answer is remembered, and else by failover along its route.</summary>
internal sealed class CachingExecutor(FailoverExecutor failover, AnswerCache answers, SpendingGate spending)
{
    public Task<RoutedAnswer> SendAsync(RoutedCall call, CancellationToken ct) =>
        call.Route is { Cache: { } policy, Nearest: { } first } && answers.IsOn
            ? SendAsync(call, policy, first, ct)
            : failover.SendAsync(call, ct);

    /// <summary>Counts an answer that nobody is asked for: it costs nothing, but not everybody may ask as often as they like.</summary>
    public void CountUnasked(ModelRoute route)
    {
        if (spending.TooFast(route) is { } refusal)
        {
            throw RouteLog.Refused(refusal);
        }
    }

    /// <summary>Whether the cache holds an answer to this call, so that no provider would be asked.</summary>
    public bool Recalls(ModelRoute route, ModelRequest request) =>
        route is { Cache: { MayRecall: true } policy, Nearest: { } first }
        && answers.IsOn
        && answers.Knows(AnswerKey.Of(route, policy, request, first));

    private async Task<RoutedAnswer> SendAsync(RoutedCall call, CachePolicy policy, ModelTarget first, CancellationToken ct)
    {
        var key = AnswerKey.Of(call.Route, policy, call.Request, first);
        if (policy.MayRecall && answers.Find(key) is { } known)
        {
            CountUnasked(call.Route);
            return Recalled(known, call);
        }

        var answer = await failover.SendAsync(call, ct);
        if (policy.MayKeep)
        {
            answer.RecordTo(new AnswerRecording(answers, key, policy.KeepFor, call.Request.Member));
        }

        return answer;
    }

    private static RoutedAnswer Recalled(CachedAnswer known, RoutedCall call)
    {
        var target = new ModelTarget(known.Provider, known.ModelId, null, null);
        call.Log.Recalled(target, call.Elapsed, HistoryFit.Of(known.Provider, known.Body, isStream: false));
        return RoutedAnswer.Recalled(target, known.Body, call.Log);
    }
}
