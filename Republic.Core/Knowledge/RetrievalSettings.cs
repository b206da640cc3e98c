namespace Republic.Core.Knowledge;

/// <param name="Limit">The most passages that an answer is given.</param>
/// <param name="Threshold">The least score, 0 to 1, of a passage that an answer is given.</param>
public sealed record RetrievalSettings(int Limit = 5, double Threshold = 0.25);
