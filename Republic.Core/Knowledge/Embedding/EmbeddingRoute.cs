using Republic.Core.Providers.Routing;

namespace Republic.Core.Knowledge.Embedding;

/// <summary>How an embedding model is asked, and under which name its vectors are kept.</summary>
/// <param name="Key">As in <see cref="StoredVector.Model"/>.</param>
public sealed record EmbeddingRoute(EmbeddingModel Model, ModelRoute Route, string Key)
{
    /// <summary>Hears of each call, also of one that failed: who was asked, and where.</summary>
    public Action<RouteReceipt>? OnAsked { get; init; }

    /// <summary>The same for somebody who waits no longer; null: for as long as it takes.</summary>
    public EmbeddingRoute Within(TimeSpan? patience) => this with { Route = Route with { Patience = patience } };
}
