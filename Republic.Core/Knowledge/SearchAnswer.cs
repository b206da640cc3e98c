using Republic.Core.Knowledge.Retrieval;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Knowledge;

/// <param name="Hits">The best first.</param>
public sealed record SearchAnswer(string Query, IReadOnlyList<PassageHit> Hits)
{
    public double LexicalMs { get; init; }

    /// <summary>Null where passages were searched by their words alone.</summary>
    public double? SemanticMs { get; init; }

    /// <summary>Why they were, for people; null where a vector was made of the query.</summary>
    public string? LexicalAlone { get; init; }

    /// <summary>Who was asked for the query's vector, and where; none where no embedding model was chosen.</summary>
    public IReadOnlyList<RouteAttempt> Asked { get; init; } = [];

    /// <summary>Why a model that was chosen did not help, for people; null where it did, or none was chosen.</summary>
    public string? Trouble =>
        LexicalAlone is null or SemanticSearch.NoModel ? null
        : SemanticMs is null ? $"Searched by words alone. {LexicalAlone}"
        : LexicalAlone;
}
