namespace Republic.Core.Lora.Retention;

/// <summary>How two versions of a model see one token of a reference answer, given everything before it.</summary>
/// <param name="Before">−log p of the token under the version that wrote the reference, in nats.</param>
/// <param name="After">−log p of it under the other version.</param>
/// <param name="Divergence">Kullback–Leibler divergence of the other version's distribution from the first one's, in nats.</param>
internal sealed record TokenShift(double Before, double After, double Divergence);
