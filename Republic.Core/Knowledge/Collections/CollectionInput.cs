namespace Republic.Core.Knowledge.Collections;

/// <summary>What a person says about a collection; null leaves it as it is.</summary>
public sealed record CollectionInput
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public CuttingSettings? Cutting { get; init; }

    public RetrievalSettings? Retrieval { get; init; }

    public EmbeddingModel? Embedding { get; init; }

    /// <summary>Found by words alone from now on; an embedding model given as well is not looked at.</summary>
    public bool NoEmbedding { get; init; }

    /// <summary>Passages may be cut anew although that loses what a person changed in some of them.</summary>
    public bool LoseEdits { get; init; }
}
