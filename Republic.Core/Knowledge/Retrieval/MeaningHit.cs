namespace Republic.Core.Knowledge.Retrieval;

/// <param name="Calibrated">What the similarity says in its collection, 0 to 1.</param>
internal sealed record MeaningHit(Guid Passage, double Similarity, double Calibrated);
