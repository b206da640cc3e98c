using Republic.Core.Lora.Graph;

namespace Republic.Sprout.Making;

/// <summary>One layer of a llama: what its forward pass kept, and its backward pass.</summary>
internal sealed class FullLayer
{
    private readonly ComputeGraph graph;
    private readonly FullGraph full;
    private readonly SproutShape shape;
    private readonly Func<string, FullWeight> weight;
    private readonly Tensor x;
    private readonly Tensor attended;
    private readonly (Tensor Scaled, Tensor Normal) first;
    private readonly (Tensor Scaled, Tensor Normal) second;
    private readonly (Tensor Queries, Tensor Keys, Tensor Values, Tensor Attention, Tensor Mixed) heads;
    private readonly (Tensor Gate, Tensor Up, Tensor Product) forward;

    /// <param name="weight">By its part of the name: <c>attn_q</c>.</param>
    /// <param name="x">[width, tokens].</param>
    public FullLayer(ComputeGraph graph, FullGraph full, SproutShape shape, Func<string, FullWeight> weight, Tensor x)
    {
        (this.graph, this.full, this.shape, this.weight, this.x) = (graph, full, shape, weight, x);
        first = full.Norm(weight("attn_norm"), x);
        heads = Attend(first.Scaled);
        attended = graph.Add(x, full.Project(weight("attn_output"), heads.Mixed));
        second = full.Norm(weight("ffn_norm"), attended);
        var (gate, up) = (full.Project(weight("ffn_gate"), second.Scaled), full.Project(weight("ffn_up"), second.Scaled));
        forward = (gate, up, graph.SwiGlu(gate, up));
        Result = graph.Add(attended, full.Project(weight("ffn_down"), forward.Product));
    }

    public Tensor Result { get; }

    /// <summary>From the gradient of the result to that of x; the weights' gradients are written on the way.</summary>
    public Tensor Back(Tensor dy)
    {
        var dProduct = full.ProjectBack(weight("ffn_down"), forward.Product, dy);
        var dGate = graph.SiluBack(graph.Multiply(dProduct, forward.Up), forward.Gate);
        var dUp = graph.Multiply(dProduct, graph.Silu(forward.Gate));
        var dSecond = graph.Add(
            full.ProjectBack(weight("ffn_gate"), second.Scaled, dGate),
            full.ProjectBack(weight("ffn_up"), second.Scaled, dUp)
        );
        var dAttended = graph.Add(dy, full.NormBack(weight("ffn_norm"), attended, second.Normal, dSecond));
        var dFirst = AttendBack(full.ProjectBack(weight("attn_output"), heads.Mixed, dAttended));
        return graph.Add(dAttended, full.NormBack(weight("attn_norm"), x, first.Normal, dFirst));
    }

    private (Tensor, Tensor, Tensor, Tensor, Tensor) Attend(Tensor normal)
    {
        var queries = full.Rotated(full.Project(weight("attn_q"), normal), shape.Heads);
        var keys = full.Rotated(full.Project(weight("attn_k"), normal), shape.HeadsOfKeys);
        var values = full.Heads(full.Project(weight("attn_v"), normal), shape.HeadsOfKeys);
        var attention = full.Attention(keys, queries);
        var byNumber = graph.Contiguous(graph.Permute(values, 1, 2, 0, 3));
        var mixed = full.Joined(graph.MatMul(byNumber, attention), shape.Heads);
        return (queries, keys, values, attention, mixed);
    }

    private Tensor AttendBack(Tensor dMixed)
    {
        var (queries, keys, values, attention, _) = heads;
        var dHeads = full.ByHead(full.Heads(dMixed, shape.Heads));
        var dScores = full.AttentionBack(graph.MatMul(full.ByHead(values), dHeads), attention);
        var dValues = full.Shared(graph.MatMul(graph.Transposed(dHeads), graph.Transposed(attention)));
        var dQueries = graph.MatMul(graph.Transposed(keys), dScores);
        var dKeys = full.Shared(graph.MatMul(graph.Transposed(queries), graph.Transposed(dScores)));
        var input = first.Scaled;
        return graph.Add(
            graph.Add(
                full.ProjectBack(weight("attn_q"), input, full.RotatedBack(dQueries, shape.Heads)),
                full.ProjectBack(weight("attn_k"), input, full.RotatedBack(dKeys, shape.HeadsOfKeys))
            ),
            full.ProjectBack(weight("attn_v"), input, full.Joined(dValues, shape.HeadsOfKeys))
        );
    }
}
