namespace Republic.Core.PersonalModels;

/// <summary>What the header of a model's file says of it.</summary>
/// <param name="ContextLength">Tokens that it was trained to read at a time.</param>
/// <param name="Heads">The most attention heads of a layer.</param>
/// <param name="HeadsOfKeys">The most of them that have keys and values of their own.</param>
/// <param name="Vocabulary">Tokens that it tells apart.</param>
/// <param name="MakesVectors">It was made for embeddings, and answers nobody.</param>
public sealed record ModelFacts(
    string Architecture,
    int Layers,
    int ContextLength,
    int Heads,
    int HeadsOfKeys,
    long Vocabulary,
    string? Licence,
    bool MakesVectors = false
);
