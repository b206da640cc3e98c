using Republic.Core.Data;

namespace Republic.Core.Knowledge;

/// <summary>A question whose answer stands at a known place: what retrieval is measured with.</summary>
public sealed class GoldenQuestion : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    public required Guid CollectionId { get; init; }

    public required string Text { get; set; }

    /// <summary>What a good answer says; null where nobody wrote one.</summary>
    public string? Answer { get; set; }

    public required Guid DocumentId { get; set; }

    /// <summary>The place in the document's text, which stays where passages are cut otherwise.</summary>
    public required int Start { get; set; }

    public required int Length { get; set; }

    /// <summary>The minion that drafted it; null: a person wrote it.</summary>
    public Guid? DraftedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
