namespace Republic.Core.Knowledge.Retrieval;

/// <param name="Share">Of the question's words that the passage holds, rare ones counting more; 0 to 1.</param>
/// <param name="Density">How near together they stand, as PostgreSQL ranks it.</param>
internal sealed record WordHit(Guid Passage, double Share, float Density);
