using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Layers;

/// <summary>What a block's result is normalised with before it is added to the residual stream (Gemma 3, after arXiv 2408.00118, section 2).</summary>
/// <param name="Weight">[width].</param>
internal sealed record BranchNorm(Tensor Weight, float Epsilon)
{
    public Tensor Forward(ComputeGraph graph, Tensor result) => graph.Multiply(graph.RmsNorm(result, Epsilon), Weight);

    /// <param name="result">What went into <see cref="Forward"/>.</param>
    public Tensor Backward(ComputeGraph graph, Tensor gradient, Tensor result) =>
        graph.RmsNormBack(graph.Multiply(gradient, Weight), result, Epsilon);
}
