namespace Republic.Core.Memories;

/// <summary>Numbers of what is remembered of a person, counted where the rows are: lists show no more than a page.</summary>
/// <param name="All">Superseded and undecided ones too.</param>
/// <param name="Used">In use, and not contradicted by another that is.</param>
/// <param name="Proposed">Waiting for the person by themselves, not as one of two that contradict each other.</param>
/// <param name="Cases">Contradictions that nobody has settled.</param>
public sealed record MemoryCounts(int All, int Used, int Proposed, int Superseded, int Cases)
{
    /// <summary>All that the person is asked to decide on.</summary>
    public int Waiting => Proposed + Cases;
}
