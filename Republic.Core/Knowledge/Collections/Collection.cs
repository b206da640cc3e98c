using Republic.Core.Data;

namespace Republic.Core.Knowledge.Collections;

/// <summary>Documents of one person, cut into passages and indexed for retrieval.</summary>
public sealed class Collection : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    /// <summary>How documents are cut into passages.</summary>
    public CuttingSettings Cutting { get; set; } = new();

    /// <summary>How passages are searched.</summary>
    public RetrievalSettings Retrieval { get; set; } = new();

    /// <summary>The model that makes vectors of passages and queries; null: they are found by their words alone.</summary>
    public EmbeddingModel? Embedding { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
