namespace Republic.Core.Knowledge.Vectors;

/// <summary>Finds the vectors that are nearest to a query's.</summary>
public interface IVectorIndex
{
    /// <param name="state">Which passages the space has now; what the index lacks of them, it reads before it answers.</param>
    /// <param name="query">Of length 1.</param>
    Task<Outcome<VectorAnswer>> FindAsync(VectorSpace space, CollectionState state, float[] query, int limit, CancellationToken ct);
}
