namespace Republic.Core.PersonalModels;

/// <summary>The facts that the header of a model's file states.</summary>
/// <param name="ContextLength">The longest context that it was trained with, in tokens.</param>
/// <param name="Heads">The largest number of attention heads in a layer.</param>
/// <param name="HeadsOfKeys">The largest number of key-value heads in a layer.</param>
/// <param name="Vocabulary">The number of tokens in its vocabulary.</param>
/// <param name="MakesVectors">True for an embedding model, which writes no answers.</param>
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
