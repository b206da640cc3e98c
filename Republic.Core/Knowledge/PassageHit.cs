namespace Republic.Core.Knowledge;

/// <summary>A passage that was found, and why.</summary>
public sealed record PassageHit
{
    public required Guid CollectionId { get; init; }

    public required Guid DocumentId { get; init; }

    public required Guid PassageId { get; init; }

    /// <summary>The document's name.</summary>
    public required string Document { get; init; }

    public string? Heading { get; init; }

    public required string Text { get; init; }

    /// <summary>Fitness, 0 to 1, by which hits are ordered and which thresholds are held against: <see cref="WordShare"/>, or, where there is a vector, the larger of three fifths of it and the calibrated <see cref="Similarity"/>.</summary>
    public required double Score { get; init; }

    /// <summary>Its place among those found by words, from 1; null where it was not.</summary>
    public int? LexicalRank { get; init; }

    /// <summary>The share of the query's words that it holds, rare ones counting more; 0 to 1.</summary>
    public double? WordShare { get; init; }

    /// <summary>Its place among those found by meaning, from 1; null where it was not.</summary>
    public int? SemanticRank { get; init; }

    /// <summary>The cosine of its vector and the query's.</summary>
    public double? Similarity { get; init; }

    public int? Page { get; init; }

    /// <summary>Where it begins in the document's text, in UTF-16 units, and for how long.</summary>
    public required int Offset { get; init; }

    public required int Length { get; init; }
}
