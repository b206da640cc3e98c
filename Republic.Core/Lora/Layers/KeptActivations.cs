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
    /// <summary>Where blocks normalise their results, attention's before that: [width, tokens].</summary>
    public Tensor? AttentionResult { get; init; }

    /// <summary>As <see cref="AttentionResult"/>, of the feed-forward block.</summary>
    public Tensor? ForwardResult { get; init; }

    /// <summary>As outputs of the graph that computes them.</summary>
    public KeptActivations From(ComputeGraph graph) => Each(graph.Output);

    /// <summary>As inputs of another graph.</summary>
    public KeptActivations For(ComputeGraph graph) => Each(graph.Input);

    private KeptActivations Each(Func<Tensor, Tensor> map) =>
        new(
            new(map(Heads.Queries), map(Heads.Keys), map(Heads.Values), map(Heads.Weights))
            {
                RawQueries = Optional(Heads.RawQueries, map),
                RawKeys = Optional(Heads.RawKeys, map),
            },
            map(Attended),
            map(Middle),
            map(Gate),
            map(Up)
        )
        {
            AttentionResult = Optional(AttentionResult, map),
            ForwardResult = Optional(ForwardResult, map),
        };

    private static Tensor? Optional(Tensor? tensor, Func<Tensor, Tensor> map) => tensor is { } given ? map(given) : null;
}
