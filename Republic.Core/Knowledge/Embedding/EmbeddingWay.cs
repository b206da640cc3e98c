using Republic.Core.Providers.Routing;

namespace Republic.Core.Knowledge.Embedding;

/// <summary>How an embedding model is asked, and under which name its vectors are kept.</summary>
/// <param name="Key">As in <see cref="StoredVector.Model"/>.</param>
public sealed record EmbeddingWay(EmbeddingModel Model, ModelRoute Route, string Key);
