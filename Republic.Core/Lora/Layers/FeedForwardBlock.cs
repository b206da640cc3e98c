using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Layers;

/// <summary>
/// x + Wd · (silu(Wg n) ∘ Wu n) with n = norm(x), forward and backward (SwiGLU: Shazeer, arXiv 2002.05202):
/// <code>
/// dgate = silu'(gate) ∘ up ∘ df      dup = silu(gate) ∘ df
/// </code>
/// </summary>
internal sealed record FeedForwardBlock(DecoderArchitecture Architecture, Tensor NormWeight)
{
    public required Projection Gate { get; init; }

    public required Projection Up { get; init; }

    public required Projection Down { get; init; }

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
            IntoDown = Down.Take(pass, graph.SwiGlu(gate, up)),
            Gate = gate,
            Up = up,
        };
        return (graph.Add(x, Down.Forward(pass, state.IntoDown)), state);
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
            IntoDown = Down.Take(pass, pass.Graph.SwiGlu(kept.Gate, kept.Up)),
            Gate = kept.Gate,
            Up = kept.Up,
        };
    }

    public Tensor Backward(LayerPass pass, FeedForwardState state, Tensor gradient)
    {
        var graph = pass.Graph;
        var df = Down.Backward(pass, state.IntoDown, gradient);
        var gate = Gate.Backward(pass, state.IntoGate, graph.SiluBack(graph.Multiply(df, state.Up), state.Gate));
        var up = Up.Backward(pass, state.IntoUp, graph.SwiGlu(state.Gate, df));
        var back = graph.RmsNormBack(graph.Multiply(graph.Add(gate, up), NormWeight), state.Input, Architecture.Epsilon);
        return graph.Add(gradient, back);
    }

    private Tensor Norm(ComputeGraph graph, Tensor x) => graph.Multiply(graph.RmsNorm(x, Architecture.Epsilon), NormWeight);
}
