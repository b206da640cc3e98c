using Republic.Core.Knowledge.Vectors;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Knowledge.Retrieval;

/// <param name="Hits">The nearest first, of all collections.</param>
/// <param name="Searched">The collections that could be searched so, with the question's vector in their model.</param>
/// <param name="Problem">Why some or all of them could not; for people.</param>
internal sealed record MeaningAnswer(IReadOnlyList<MeaningHit> Hits, IReadOnlyList<MeaningAnswer.Space> Searched, string? Problem)
{
    public double DurationMs { get; init; }

    /// <summary>Who was asked for the question's vectors.</summary>
    public IReadOnlyList<RouteAttempt> Asked { get; init; } = [];

    public sealed record Space(VectorSpace Where, float[] Question, VectorAnswer Answer);
}
