namespace Republic.Core.Knowledge.Collections;

/// <summary>A collection as its owner sees it, with what is in it.</summary>
public sealed record CollectionCard
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required CuttingSettings Cutting { get; init; }

    public required RetrievalSettings Retrieval { get; init; }

    /// <summary>Null: passages are found by their words alone.</summary>
    public EmbeddingModel? Embedding { get; init; }

    public required int DocumentCount { get; init; }

    public required int PassageCount { get; init; }

    /// <summary>Those of documents in each language, the most first.</summary>
    public IReadOnlyList<LanguagePassages> Languages { get; init; } = [];

    /// <summary>Passages that a person changed, and that cutting anew would lose.</summary>
    public required int EditedPassages { get; init; }

    /// <summary>Documents that are being indexed.</summary>
    public required int Processing { get; init; }

    /// <summary>Documents whose indexing failed.</summary>
    public required int Failed { get; init; }

    /// <summary>Of the files.</summary>
    public required long Bytes { get; init; }

    /// <summary>Minions that answer from it.</summary>
    public IReadOnlyList<LinkedMinion> Minions { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
