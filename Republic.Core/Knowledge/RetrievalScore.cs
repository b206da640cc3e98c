using Republic.Core.Data;

namespace Republic.Core.Knowledge;

/// <summary>How well the golden questions of a collection were found at one time, and under which settings.</summary>
public sealed class RetrievalScore : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    public required Guid CollectionId { get; init; }

    /// <summary>What was changed before, for people: "Passages of 800 characters".</summary>
    public required string Reason { get; init; }

    public required CuttingSettings Cutting { get; init; }

    public required RetrievalSettings Retrieval { get; init; }

    /// <summary>Null: by words alone.</summary>
    public EmbeddingModel? Embedding { get; init; }

    public required int Questions { get; init; }

    /// <summary>Shares of the questions, 0 to 1, whose place was among the first 1, 3, 5 and 10 hits.</summary>
    public required double HitAt1 { get; init; }
    public required double HitAt3 { get; init; }
    public required double HitAt5 { get; init; }
    public required double HitAt10 { get; init; }

    /// <summary>Mean of 1 / rank of the first right hit, 0 where there was none among ten.</summary>
    public required double Mrr { get; init; }

    /// <summary>Share of the questions whose right passage an answer would be given, by the least score and the number of passages. Null: measured before this was asked.</summary>
    public double? Answered { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
