using System.Collections.Frozen;
using Microsoft.Extensions.AI;
using Republic.Core.Providers.Caching;
using Republic.Core.Providers.Calls;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Protocols;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Telemetry;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers;

/// <summary>
/// The one door to every model. Upstream trouble is a <see cref="ProviderException"/>; a caller's cancellation is an
/// <see cref="OperationCanceledException"/> and also ends the call upstream.
/// </summary>
public sealed class ModelRouter
{
    private readonly FrozenDictionary<string, IModelProtocol> byName;
    private readonly ModelTransports transports;
    private readonly CachingWalk walk;
    private readonly RouteWalk.Ask ask;
    private readonly CallLog calls;
    private readonly PriceBook prices;
    private readonly TimeProvider time;

    internal ModelRouter(
        ModelTransports transports,
        IEnumerable<IModelProtocol> protocols,
        CachingWalk walk,
        CallLog calls,
        PriceBook prices,
        TimeProvider time
    )
    {
        byName = protocols.ToFrozenDictionary(protocol => protocol.Name);
        (this.transports, this.walk, this.calls, this.prices, this.time) = (transports, walk, calls, prices, time);
        ask = AskAsync;
    }

    /// <summary>A client that asks whoever on the route answers; dispose it when the receipt of its last call has been read.</summary>
    public RoutedChatClient ChatClient(ModelRoute route) => new(this, route);

    /// <summary>The same for one model that is meant and no other.</summary>
    public RoutedChatClient ChatClient(ModelTarget target) => new(this, ModelRoute.Direct(target));

    /// <summary>Makes vectors of texts. Those that are compared with each other must come from one model: give no fallbacks.</summary>
    public OpenAiEmbeddingGenerator EmbeddingGenerator(ModelRoute route) => new(this, route);

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

    /// <summary>The person's own first, where they have any there.</summary>
    public async Task<IReadOnlyList<ListedModel>> ListModelsAsync(ModelTarget target, CancellationToken ct)
    {
        var listed = await Protocol(target).ListModelsAsync(target, transports.For(target.Provider), ct);
        return target.Provider.Transport == ProviderTransport.ModelHost
            ? [.. target.OwnModels.Keys.Order(StringComparer.OrdinalIgnoreCase).Select(name => new ListedModel(name)), .. listed]
            : listed;
    }

    /// <summary>Asks whoever on the route answers first, in its order. The answer has begun when this returns; dispose it.</summary>
    public async Task<RoutedAnswer> SendAsync(ModelRoute route, ModelRequest request, CancellationToken ct)
    {
        var log = Log(route);
        return await SendAsync(route, request, log, ct);
    }

    /// <summary>Counts an answer that is there without asking a model against the limits on calls.</summary>
    /// <exception cref="ProviderException">They are reached.</exception>
    public void CountUnasked(ModelRoute route) => walk.CountUnasked(route);

    internal RouteLog Log(ModelRoute route) => new(route, calls, prices, time);

    internal Task<RoutedAnswer> SendAsync(ModelRoute route, ModelRequest request, RouteLog log, CancellationToken ct)
    {
        log.Span = RouteSpan.Begin(route, request);
        var answer = walk.AskAsync(route, request, log, ask, ct);
        return RouterInstruments.AreHeard ? WatchAsync(answer, route, log) : answer;
    }

    private static async Task<RoutedAnswer> WatchAsync(Task<RoutedAnswer> answer, ModelRoute route, RouteLog log)
    {
        try
        {
            return await answer;
        }
        // A hop that answered, or was cancelled, has ended the call already.
        catch (Exception e) when (log.Receipt.Answer is null)
        {
            var kind = (e as ProviderException)?.Kind;
            log.Span.End(route, kind is null ? RouteOutcome.Cancelled : RouteOutcome.Failed, kind);
            throw;
        }
    }

    private async Task<RoutedAnswer> AskAsync(ModelTarget target, ModelRequest request, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var upstream = transports.For(target.Provider);
        var answer = await Protocol(target).SendAsync(target, upstream, request.Path, body, request.Stream, ct);
        try
        {
            // A server that cannot stream answers whole, and one that is no model server with a page.
            if (!request.Stream || answer.Content.Headers.ContentType?.MediaType is "application/json" or "text/html")
            {
                using (answer)
                {
                    var whole = await OpenAiWholeAnswer.ReadAsync(target, answer, request.Member, ct);
                    request.Read?.Invoke(target, whole);
                    return RoutedAnswer.Of(target, whole);
                }
            }

            var frames = new AnswerFrames(answer, await answer.Content.ReadAsStreamAsync(ct), target, upstream.Limits.MaxLineBytes);
            await frames.BeginAsync(ct);
            return RoutedAnswer.Of(target, frames);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private IModelProtocol Protocol(ModelTarget target) =>
        byName.TryGetValue(target.Provider.Protocol, out var protocol)
            ? protocol
            : throw new InvalidOperationException($"catalog.json names the protocol “{target.Provider.Protocol}”, which no class speaks.");
}
