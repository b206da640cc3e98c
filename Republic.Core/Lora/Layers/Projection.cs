using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Layers;

/// <summary>
/// One linear map of a layer, y = W x + b + s·B A x̃, where x̃ is x under dropout, and its gradients:
/// <code>
/// u  = A x̃            dB += s·dy uᵀ
/// du = s·Bᵀ dy         dA += du x̃ᵀ        dx = Wᵀ dy + (Aᵀ du) under the same dropout
/// </code>
/// W and b are frozen. x is [inputs, tokens], y is [outputs, tokens], u is [rank, tokens].
/// </summary>
/// <param name="Weight">[inputs, outputs], of any type, as products take it.</param>
/// <param name="Stored">The same as the file stores it, from which it can be transposed.</param>
/// <param name="Transposed">[outputs, inputs], or null when it is made in the graph.</param>
internal sealed record Projection(Tensor Weight, Tensor Stored, Tensor? Transposed)
{
    public Tensor? Bias { get; init; }

    public LowRankPair? Lora { get; init; }

    /// <summary>Its place in <see cref="LoraShape.Modules"/>: which dropout it sees.</summary>
    public int Module { get; init; }

    /// <summary>The part of the forward pass that the backward pass needs, without the product with W.</summary>
    public ProjectionInput Take(LayerPass pass, Tensor x)
    {
        if (Lora is null)
        {
            return new ProjectionInput(x, x, null, null);
        }

        var graph = pass.Graph;
        var mask = pass.Dropout(Module, x.Shape);
        var seen = mask is { } dropout ? graph.Multiply(x, dropout) : x;
        return new ProjectionInput(x, seen, graph.Scale(graph.MatMul(Lora.DeviceA, seen), pass.Scale), mask);
    }

    public Tensor Forward(LayerPass pass, ProjectionInput input)
    {
        var graph = pass.Graph;
        var y = graph.MatMul(Weight, input.X);
        if (Lora is not null && input.Low is { } low)
        {
            y = graph.Add(
                y,
                pass.Batch.AsReference ? AsReference(pass, Lora, input.Seen) : graph.OuterProduct(Lora.DeviceB, graph.Transposed(low))
            );
        }

        return Bias is { } bias ? graph.Add(y, bias) : y;
    }

    /// <param name="gradient">dy. The gradients of A and B are noted in the pass.</param>
    public Tensor Backward(LayerPass pass, ProjectionInput input, Tensor gradient)
    {
        var graph = pass.Graph;
        var dx = graph.MatMul(TransposedFor(graph, pass.TransposedType), gradient);
        return Learn(pass, input, gradient) is { } low ? graph.Add(dx, low) : dx;
    }

    /// <summary>The gradients of A and B, where x needs none. Gives what would come back through A.</summary>
    public Tensor? Learn(LayerPass pass, ProjectionInput input, Tensor gradient)
    {
        if (Lora is null || input.Low is not { } low)
        {
            return null;
        }

        var graph = pass.Graph;
        var back = graph.Scale(graph.MatMul(Lora.DeviceB, gradient), pass.Scale);
        pass.Note(Lora, graph.OuterProduct(input.Seen, back), graph.OuterProduct(gradient, low));
        var dx = graph.OuterProduct(Lora.DeviceA, graph.Transposed(back));
        return input.Mask is { } mask ? graph.Multiply(dx, mask) : dx;
    }

    /// <summary>Wᵀ: the copy, or one made in the graph of the same numbers, so that it makes no difference to the results.</summary>
    public Tensor TransposedFor(ComputeGraph graph, TensorType type) =>
        Transposed ?? graph.Cast(graph.Transposed(graph.Cast(Stored, TensorType.F32)), type);

    /// <summary>s·B A x, multiplied in the order of llama.cpp (build_lora_mm in src/llama-graph.cpp).</summary>
    private static Tensor AsReference(LayerPass pass, LowRankPair lora, Tensor x)
    {
        var graph = pass.Graph;
        return graph.Scale(graph.MatMul(graph.Transposed(lora.DeviceB), graph.MatMul(lora.DeviceA, x)), pass.Scale);
    }
}
