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
internal sealed record AttentionHeads(Tensor Queries, Tensor Keys, Tensor Values, Tensor Weights);
