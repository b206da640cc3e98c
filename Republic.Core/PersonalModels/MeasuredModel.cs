namespace Republic.Core.PersonalModels;

/// <summary>The figures of a model's test on this machine: load time, speed and memory.</summary>
/// <param name="LoadS">Seconds from the request until the model was in memory; null where it was loaded already, or a training run computed beside it.</param>
/// <param name="FirstTokenMs">Milliseconds from a request to its first token, or to a vector, with the model in memory; null where a training run
/// computed beside it.</param>
/// <param name="TokensPerS">The speed of the answer after its first token; null for an embedding model, and where a training run computed beside
/// it.</param>
/// <param name="RamBytes">The growth of the model host's memory; null where the model was loaded already.</param>
/// <param name="VramBytes">The GPU memory that it took; 0 without a GPU.</param>
/// <param name="GpuLayers">The number of its layers computed on GPUs.</param>
/// <param name="ContextLength">The tokens of each sequence.</param>
/// <param name="Sequences">The number of sequences computed at a time.</param>
/// <param name="Answer">The text of its answer; for an embedding model, the length of the vector.</param>
/// <param name="At">The time of the test.</param>
public sealed record MeasuredModel(
    double? LoadS,
    double? FirstTokenMs,
    double? TokensPerS,
    long? RamBytes,
    long VramBytes,
    int GpuLayers,
    int ContextLength,
    int Sequences,
    string Answer,
    DateTimeOffset At
);
