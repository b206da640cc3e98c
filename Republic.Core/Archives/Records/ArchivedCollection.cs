using Republic.Core.Knowledge;

namespace Republic.Core.Archives.Records;

/// <summary><c>collections/&lt;id&gt;/collection.json</c>; beside it stand the files of its documents and their texts.</summary>
internal sealed record ArchivedCollection(Guid Id, string Name)
{
    public string? Description { get; init; }

    public CuttingSettings Cutting { get; init; } = new();

    public RetrievalSettings Retrieval { get; init; } = new();

    /// <summary>Without key and address; null: its passages are found by their words alone.</summary>
    public ArchivedEmbedding? Embedding { get; init; }

    public IReadOnlyList<ArchivedDocument> Documents { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }
}
