using Republic.Core.Knowledge.Collections;

namespace Republic.Core.Knowledge.Retrieval;

/// <summary>One collection of one person, as it stands when it is searched.</summary>
/// <param name="Passages">How many there are in each language, as PostgreSQL calls it.</param>
internal sealed record SearchScope(
    Guid Owner,
    Guid Collection,
    string Name,
    EmbeddingModel? Embedding,
    Vectors.CollectionState State,
    IReadOnlyDictionary<string, long> Passages
);
