using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Layers;

/// <summary>
/// The operands of attention. Heads that share keys stand one behind the other along the second axis, so that one product
/// serves all of them, and the gradients of keys and values sum over them by themselves.
/// </summary>
/// <param name="Queries">Rotated: [head, length · group, key heads, sequences].</param>
/// <param name="Keys">Rotated: [head, length, key heads, sequences].</param>
/// <param name="Values">[head, length, key heads, sequences].</param>
/// <param name="Weights">The softmax over the keys: [length, length, heads, sequences].</param>
internal sealed record AttentionHeads(Tensor Queries, Tensor Keys, Tensor Values, Tensor Weights)
{
    /// <summary>Where heads are normalised, the queries before that: [head, heads, length, sequences].</summary>
    public Tensor? RawQueries { get; init; }

    /// <summary>As the queries: [head, key heads, length, sequences].</summary>
    public Tensor? RawKeys { get; init; }
}
