namespace Republic.Core.PersonalModels;

/// <summary>What a model took and gave when it was tested on this machine.</summary>
/// <param name="LoadS">Seconds from the request to a model in memory; null where it always was there.</param>
/// <param name="FirstTokenMs">Milliseconds from a request to its first token, or to a vector, with the model in memory.</param>
/// <param name="TokensPerS">Of the answer, after its first token; null for a model that makes vectors.</param>
/// <param name="RamBytes">What the model host grew by; null where the model was in memory already.</param>
/// <param name="VramBytes">On GPUs.</param>
/// <param name="GpuLayers">How many of its layers are computed there.</param>
/// <param name="ContextLength">Tokens of each sequence.</param>
/// <param name="Sequences">How many sequences.</param>
/// <param name="Answer">What it said.</param>
public sealed record MeasuredModel(
    double? LoadS,
    double FirstTokenMs,
    double? TokensPerS,
    long? RamBytes,
    long VramBytes,
    int GpuLayers,
    int ContextLength,
    int Sequences,
    string Answer,
    DateTimeOffset At
);
