using Republic.Core.Lora.Architecture;
using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Layers;

/// <summary>
/// x + Wd · (act(Wg n) ∘ Wu n) with n = norm(x), forward and backward, where act is SiLU or GELU (Shazeer, arXiv 2002.05202):
/// <code>
/// dgate = act'(gate) ∘ up ∘ df      dup = act(gate) ∘ df
/// </code>
/// </summary>
internal sealed record FeedForwardBlock(DecoderArchitecture Architecture, Tensor NormWeight)
{
    public required Projection Gate { get; init; }

    public required Projection Up { get; init; }

    public required Projection Down { get; init; }

    /// <summary>Where the model has one (Gemma 3).</summary>
    public BranchNorm? BranchNorm { get; init; }

    public (Tensor Y, FeedForwardState State) Forward(LayerPass pass, Tensor x)
    {
        var graph = pass.Graph;
        var normed = Norm(graph, x);
        var (intoGate, intoUp) = (Gate.Take(pass, normed), Up.Take(pass, normed));
        var (gate, up) = (Gate.Forward(pass, intoGate), Up.Forward(pass, intoUp));
        var state = new FeedForwardState
        {
            Input = x,
            IntoGate = intoGate,
            IntoUp = intoUp,
            IntoDown = Down.Take(pass, Gated(pass, gate, up)),
            Gate = gate,
            Up = up,
        };
        var result = Down.Forward(pass, state.IntoDown);
        var y = graph.Add(x, BranchNorm?.Forward(graph, result) ?? result);
        return (y, BranchNorm is null ? state : state with { Result = result });
    }

    /// <summary>The state again, from what was kept of it.</summary>
    public FeedForwardState Resume(LayerPass pass, KeptActivations kept)
    {
        var normed = Norm(pass.Graph, kept.Middle);
        return new FeedForwardState
        {
            Input = kept.Middle,
            IntoGate = Gate.Take(pass, normed),
            IntoUp = Up.Take(pass, normed),
            IntoDown = Down.Take(pass, Gated(pass, kept.Gate, kept.Up)),
            Gate = kept.Gate,
            Up = kept.Up,
            Result = kept.ForwardResult,
        };
    }

    public Tensor Backward(LayerPass pass, FeedForwardState state, Tensor gradient)
    {
        var graph = pass.Graph;
        var result = state.Result is { } raw && BranchNorm is { } norm ? norm.Backward(graph, gradient, raw) : gradient;
        var df = Down.Backward(pass, state.IntoDown, result);
        var gate = Gate.Backward(pass, state.IntoGate, ActivationBack(graph, graph.Multiply(df, state.Up), state.Gate));
        var up = Up.Backward(pass, state.IntoUp, Gated(pass, state.Gate, df));
        var back = graph.RmsNormBack(graph.Multiply(graph.Add(gate, up), NormWeight), state.Input, Architecture.Epsilon);
        return graph.Add(gradient, back);
    }

    private Tensor Gated(LayerPass pass, Tensor gate, Tensor x) =>
        !Architecture.Traits.UsesGelu ? pass.Graph.SwiGlu(gate, x)
        // A gradient wants a loss without stairs.
        : pass.Batch.AsReference ? pass.Graph.GeGlu(gate, x)
        : pass.Graph.Multiply(pass.Graph.Gelu(gate), x);

    private Tensor ActivationBack(ComputeGraph graph, Tensor gradient, Tensor gate) =>
        Architecture.Traits.UsesGelu ? graph.GeluBack(gradient, gate) : graph.SiluBack(gradient, gate);

    private Tensor Norm(ComputeGraph graph, Tensor x) => graph.Multiply(graph.RmsNorm(x, Architecture.Epsilon), NormWeight);
}
