using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Layers;

/// <summary>
/// What is expensive to compute again: with these, a backward pass needs none of the forward pass's products with base
/// weights. Norms, the gate's product and the low-rank inputs are cheap and made anew.
/// </summary>
/// <param name="Attended">[head · heads, tokens].</param>
/// <param name="Middle">Between attention and feed-forward: [width, tokens].</param>
internal sealed record KeptActivations(AttentionHeads Heads, Tensor Attended, Tensor Middle, Tensor Gate, Tensor Up)
{
    /// <summary>As outputs of the graph that computes them.</summary>
    public KeptActivations From(ComputeGraph graph) => Each(graph.Output);

    /// <summary>As inputs of another graph.</summary>
    public KeptActivations For(ComputeGraph graph) => Each(graph.Input);

    private KeptActivations Each(Func<Tensor, Tensor> map) =>
        new(
            new(map(Heads.Queries), map(Heads.Keys), map(Heads.Values), map(Heads.Weights))
            {
                RawQueries = Heads.RawQueries is { } queries ? map(queries) : null,
                RawKeys = Heads.RawKeys is { } keys ? map(keys) : null,
            },
            map(Attended),
            map(Middle),
            map(Gate),
            map(Up)
        );
}
