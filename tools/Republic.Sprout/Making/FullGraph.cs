using Republic.Core.Lora.Graph;
using Republic.Core.Lora.Layers;
using Republic.Core.Lora.Loop;

namespace Republic.Sprout.Making;

/// <summary>
/// One batch's forward and backward pass as a single graph. The backward pass is written out with operations of the forward
/// kind: each gradient of a weight is a matrix product of what went in and the gradient of what came out, so that all of it
/// runs through ggml's fast product. Docs/lora.md has the equations of a layer.
/// </summary>
internal sealed class FullGraph(ComputeGraph graph, TrainingBatch batch, SproutShape shape, TensorType precision)
{
    private readonly Dictionary<Tensor, Tensor> turned = [];
    private readonly RopeSettings rope = new(shape.HeadLength, NeoX: false, SproutShape.RopeBase);
    private readonly Tensor positions = graph.Input(Enumerable.Range(0, batch.Length).ToArray());
    private readonly Tensor mask = graph.Input(AttentionMask.Causal(batch.Length), new(batch.Length, batch.Length));

    private int Tokens => batch.Length * batch.Sequences;

    /// <summary>W x in the precision of the products.</summary>
    public Tensor Project(FullWeight weight, Tensor x) => graph.MatMul(graph.Cast(weight.Values, precision), x);

    /// <summary>dW = dy xᵀ into the weight's gradient, and dx = Wᵀ dy.</summary>
    public Tensor ProjectBack(FullWeight weight, Tensor x, Tensor dy)
    {
        var (dWeight, dx) = BothBack(weight, x, dy);
        graph.Include(graph.CopyTo(dWeight, weight.Gradient));
        return dx;
    }

    /// <summary>The same, but the caller adds more to the weight's gradient.</summary>
    public (Tensor Weight, Tensor Input) BothBack(FullWeight weight, Tensor x, Tensor dy) =>
        (graph.MatMul(Turned(x), graph.Transposed(dy)), graph.MatMul(Turned(weight.Values), dy));

    /// <summary>RMS norm and its factors; the second result is the norm alone, which the backward pass wants.</summary>
    public (Tensor Scaled, Tensor Normal) Norm(FullWeight factors, Tensor x)
    {
        var normal = graph.RmsNorm(x, SproutShape.Epsilon);
        return (graph.Multiply(normal, factors.Values), normal);
    }

    public Tensor NormBack(FullWeight factors, Tensor x, Tensor normal, Tensor dy)
    {
        var gradient = graph.RepeatBack(graph.Multiply(dy, normal), factors.Values.Shape);
        graph.Include(graph.CopyTo(gradient, factors.Gradient));
        return graph.RmsNormBack(graph.Multiply(dy, factors.Values), x, SproutShape.Epsilon);
    }

    /// <summary>The projected numbers of all tokens as rotated heads: [head, tokens, heads, sequences].</summary>
    public Tensor Rotated(Tensor projected, int heads) => ByHead(graph.Rope(Heads(projected, heads), positions, rope));

    /// <summary>Back to [heads · head, tokens].</summary>
    public Tensor RotatedBack(Tensor byHead, int heads) =>
        graph.Reshape(graph.RopeBack(ByHead(byHead), positions, rope), new(heads * shape.HeadLength, Tokens));

    public Tensor Heads(Tensor projected, int heads) =>
        graph.Reshape(projected, new(shape.HeadLength, heads, batch.Length, batch.Sequences));

    /// <summary>Swaps tokens and heads; its own inverse.</summary>
    public Tensor ByHead(Tensor heads) => graph.Contiguous(graph.Permute(heads, 0, 2, 1, 3));

    /// <summary>All heads of a token side by side again.</summary>
    public Tensor Joined(Tensor byHead, int heads) => graph.Reshape(ByHead(byHead), new(heads * shape.HeadLength, Tokens));

    public Tensor Attention(Tensor keys, Tensor queries) =>
        graph.SoftMax(graph.MatMul(keys, queries), mask, 1 / MathF.Sqrt(shape.HeadLength));

    public Tensor AttentionBack(Tensor gradient, Tensor attention) =>
        graph.SoftMaxBack(gradient, attention, 1 / MathF.Sqrt(shape.HeadLength));

    /// <summary>Several heads share one head of keys and values: their gradients add up.</summary>
    public Tensor Shared(Tensor gradient)
    {
        var group = shape.Heads / shape.HeadsOfKeys;
        long each = shape.HeadLength * batch.Length;
        var grouped = graph.Reshape(gradient, new(each, group, shape.HeadsOfKeys, batch.Sequences));
        var summed = graph.RepeatBack(grouped, new(each, 1, shape.HeadsOfKeys, batch.Sequences));
        return graph.Reshape(summed, new(shape.HeadLength, batch.Length, shape.HeadsOfKeys, batch.Sequences));
    }

    /// <summary>Transposed and in the precision of the products; q, k and v share their input's.</summary>
    private Tensor Turned(Tensor tensor)
    {
        if (!turned.TryGetValue(tensor, out var result))
        {
            // Copied into order and converted in one go: copying alone moves the numbers one by one.
            turned[tensor] = result =
                precision == TensorType.F32 ? graph.Transposed(tensor) : graph.Cast(graph.Transpose(tensor), precision);
        }

        return result;
    }
}
