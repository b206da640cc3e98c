using Microsoft.Extensions.AI;
using Republic.Core.Providers.Caching;
using Republic.Core.Providers.Calls;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Telemetry;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers;

/// <summary>
/// The one entrance to every model: from here to the cache of answers, to failover along the route, to one endpoint. Upstream trouble is a
/// <see cref="ProviderException"/>; a caller's cancellation is an <see cref="OperationCanceledException"/> and also ends the call upstream.
/// </summary>
public sealed class ModelRouter
{
    private readonly EndpointClient endpoints;
    private readonly CachingExecutor executor;
    private readonly CallLog calls;
    private readonly PriceBook prices;
    private readonly TimeProvider time;

    internal ModelRouter(EndpointClient endpoints, CachingExecutor executor, CallLog calls, PriceBook prices, TimeProvider time) =>
        (this.endpoints, this.executor, this.calls, this.prices, this.time) = (endpoints, executor, calls, prices, time);

    /// <summary>A client that asks whoever on the route answers; dispose it when the receipt of its last call has been read.</summary>
    public RoutedChatClient ChatClient(ModelRoute route) => new(this, route);

    /// <summary>The same for one model that is meant and no other.</summary>
    public RoutedChatClient ChatClient(ModelTarget target) => new(this, ModelRoute.Direct(target));

    /// <summary>Makes vectors of texts. Those that are compared with each other must come from one model: give no fallbacks.</summary>
    public OpenAiEmbeddingGenerator EmbeddingGenerator(ModelRoute route) => new(this, route);

    /// <summary>Asks how likely texts are as answers. Those that are compared with each other must come from one model: give no fallbacks.</summary>
    public LikelihoodClient LikelihoodClient(ModelRoute route) => new(this, route);

    /// <summary>A real completion of one token: nothing less proves key, model and address together.</summary>
    public Task<ConnectionTest> TestAsync(ModelTarget target, CancellationToken ct) => TestAsync(ModelRoute.Direct(target), ct);

    /// <param name="route">One model, asked directly.</param>
    public async Task<ConnectionTest> TestAsync(ModelRoute route, CancellationToken ct)
    {
        var target = route.First!;
        using var client = ChatClient(route);
        var started = time.GetTimestamp();
        try
        {
            var answer = await client.GetResponseAsync("Hi", new ChatOptions { MaxOutputTokens = 1 }, ct);
            return new ConnectionTest(true, Elapsed(), answer.ModelId ?? target.ModelId, null);
        }
        catch (ProviderException e)
        {
            return new ConnectionTest(false, Elapsed(), target.ModelId, e.Message) { AllowableHost = e.AllowableHost };
        }

        long Elapsed() => (long)Math.Ceiling(time.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <inheritdoc cref="EndpointClient.ListModelsAsync"/>
    public Task<IReadOnlyList<ListedModel>> ListModelsAsync(ModelTarget target, CancellationToken ct) =>
        endpoints.ListModelsAsync(target, ct);

    /// <summary>Asks whoever on the route answers first, in its order. The answer has begun when this returns; dispose it.</summary>
    public Task<RoutedAnswer> SendAsync(ModelRoute route, ModelRequest request, CancellationToken ct) =>
        SendAsync(NewCall(route, request), ct);

    /// <summary>Counts an answer that is there without asking a model against the limits on calls.</summary>
    /// <exception cref="ProviderException">They are reached.</exception>
    public void CountUnasked(ModelRoute route) => executor.CountUnasked(route);

    internal RoutedCall NewCall(ModelRoute route, ModelRequest request) =>
        new(route, request, new RouteLog(route, calls, prices, time), time);

    internal Task<RoutedAnswer> SendAsync(RoutedCall call, CancellationToken ct)
    {
        call.Log.Span = RouteSpan.Begin(call.Route, call.Request);
        var answer = executor.SendAsync(call, ct);
        return RouterInstruments.AreHeard ? WatchAsync(answer, call) : answer;
    }

    private static async Task<RoutedAnswer> WatchAsync(Task<RoutedAnswer> answer, RoutedCall call)
    {
        try
        {
            return await answer;
        }
        // An attempt that answered, or was cancelled, has ended the call already.
        catch (Exception e) when (call.Log.Receipt.Answer is null)
        {
            var kind = (e as ProviderException)?.Kind;
            call.Log.Span.End(call.Route, kind is null ? RouteOutcome.Cancelled : RouteOutcome.Failed, kind);
            throw;
        }
    }
}
