namespace Republic.Core.Knowledge;

/// <param name="Hits">The best first.</param>
public sealed record SearchAnswer(string Query, IReadOnlyList<PassageHit> Hits)
{
    public double LexicalMs { get; init; }

    /// <summary>Null where passages were searched by their words alone.</summary>
    public double? SemanticMs { get; init; }

    /// <summary>Why they were, for people; null where a vector was made of the query.</summary>
    public string? LexicalAlone { get; init; }
}
