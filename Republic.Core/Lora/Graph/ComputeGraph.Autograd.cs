using Republic.Core.Llama.Native.Ggml;

namespace Republic.Core.Lora.Graph;

internal sealed unsafe partial class ComputeGraph
{
    /// <summary>
    /// Lets ggml derive the backward pass of a loss. Gradients are added to tensors that outlive the graph; so is the
    /// loss's own gradient, which the caller sets (1, or a weight of the batch) before <see cref="Compute"/>.
    /// </summary>
    /// <param name="gradients">
    /// For each parameter its gradient, of the same shape. Parameters are tensors of a store that were marked by
    /// <see cref="MarkParameter"/> before the graph was built.
    /// </param>
    /// <remarks>
    /// ggml ends the process where an operation has no backward: BF16 weights, and heads that share keys in a batch of
    /// several sequences, are such cases. Repeat the keys and values in the graph there.
    /// </remarks>
    public void Differentiate(Tensor loss, Tensor lossGradient, IReadOnlyList<(Tensor Parameter, Tensor Gradient)> gradients)
    {
        Require(loss.Count == 1 && lossGradient.Count == 1, $"{loss} is no loss of one number");
        GgmlApi.ggml_set_loss(loss.Pointer);
        Include(loss);
        var size = GgmlApi.ggml_graph_size(graph);
        var nodes = GgmlApi.ggml_graph_n_nodes(graph);
        var owned = gradients.ToDictionary(pair => (nint)pair.Parameter.Pointer, pair => (nint)pair.Gradient.Pointer);
        owned[(nint)loss.Pointer] = (nint)lossGradient.Pointer;
        var byNode = new nint[size];
        for (var i = 0; i < nodes; i++)
        {
            byNode[i] = owned.GetValueOrDefault((nint)Node(i).Pointer);
        }

        Require(byNode.Count(gradient => gradient != 0) == owned.Count, $"Not all of {gradients.Count} parameters are used by the loss");
        fixed (nint* list = byNode)
        {
            GgmlApi.ggml_build_backward_expand(context, graph, (GgmlTensor**)list);
        }
    }

    public static void MarkParameter(Tensor tensor) => GgmlApi.ggml_set_param(tensor.Pointer);
}
