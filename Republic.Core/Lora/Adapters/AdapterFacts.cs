using Republic.Core.Llama.Gguf;

namespace Republic.Core.Lora.Adapters;

/// <summary>What an adapter file says of itself.</summary>
/// <param name="Architecture">Of the base model; llama.cpp compares it.</param>
/// <param name="BaseSha256">Of the base model's file, in lower-case hex. Empty in adapters that were made elsewhere.</param>
/// <param name="Alpha">The product B·A is multiplied by alpha / rank.</param>
/// <param name="Modules">Which projections it changes: of <c>q k v o gate up down</c>.</param>
/// <param name="Steps">Optimiser steps of its run up to these weights.</param>
/// <param name="LossBefore">Nats per answer token of the held-out rows with what its run began with: the base alone, or the weights that it went on from; null when none were held out.</param>
/// <param name="LossAfter">The same with the adapter as it is.</param>
/// <param name="Strength">The share of the change at the end of its run that it makes: a weaker one keeps more of what the base could do.</param>
internal sealed record AdapterFacts(
    string Architecture,
    string Name,
    string BaseName,
    string BaseSha256,
    int Rank,
    float Alpha,
    IReadOnlyList<string> Modules,
    int Steps = 0,
    double? LossBefore = null,
    double? LossAfter = null,
    double Strength = 1
)
{
    /// <summary>On another base the same numbers would change another model at random; llama.cpp sees only that the shapes fit.</summary>
    /// <param name="sha256">Of the file it is to be used on.</param>
    /// <exception cref="GgufException">It was trained on another file.</exception>
    public void RefuseAnotherBase(string sha256, string model)
    {
        if (BaseSha256.Length > 0 && !BaseSha256.Equals(sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new GgufException(
                $"The adapter {Name} was trained on {BaseName} (SHA-256 {Short(BaseSha256)}…), and {model} is another file ({Short(sha256)}…).",
                "Use it with the model file it was trained on, or train it again on this one."
            );
        }
    }

    private static string Short(string hash) => hash[..Math.Min(12, hash.Length)];
}
