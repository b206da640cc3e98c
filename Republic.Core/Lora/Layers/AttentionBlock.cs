using Republic.Core.Lora.Architecture;
using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Layers;

/// <summary>
/// x + Wo · attention(norm(x)), forward and backward. Grouped-query attention (Ainslie et al., arXiv 2305.13245) with rotary
/// positions. With S = K Qᵀ/√head + mask and P = softmax(S) over the keys, and O = V P:
/// <code>
/// dV = dO Pᵀ      dP = Vᵀ dO      dS = P ∘ (dP − Σ P ∘ dP)/√head      dQ = K dS      dK = Q dSᵀ
/// </code>
/// </summary>
/// <param name="Rotation">Null in layers that know no positions.</param>
/// <param name="Factors">One divisor of the frequency per rotated pair (Llama 3.x), or null.</param>
internal sealed record AttentionBlock(DecoderArchitecture Architecture, Tensor NormWeight, RotaryShape? Rotation, Tensor? Factors)
{
    public required Projection Queries { get; init; }

    public required Projection Keys { get; init; }

    public required Projection Values { get; init; }

    public required Projection Output { get; init; }

    /// <summary>[head]: what each head's queries are normalised with, where the model does that (Qwen3).</summary>
    public Tensor? QueryNorm { get; init; }

    /// <summary>[head], for the keys.</summary>
    public Tensor? KeyNorm { get; init; }

    /// <summary>Where the model has one (Gemma 3).</summary>
    public BranchNorm? BranchNorm { get; init; }

    private RopeSettings? Rope => Rotation is { } shape ? new(shape.Dimensions, shape.NeoX, shape.Base, shape.Scale, Factors) : null;

    public (Tensor Y, AttentionState State) Forward(LayerPass pass, Tensor x)
    {
        var graph = pass.Graph;
        var normed = Norm(graph, x);
        var (intoQ, intoK, intoV) = (Queries.Take(pass, normed), Keys.Take(pass, normed), Values.Take(pass, normed));
        var (rawQ, rawK) = (Split(pass, Queries.Forward(pass, intoQ)), Split(pass, Keys.Forward(pass, intoK)));
        var (q, k) = (Rotated(pass, rawQ, QueryNorm), Rotated(pass, rawK, KeyNorm));
        var v = Split(pass, Values.Forward(pass, intoV));
        // Scaling queries or scores is the same but for the rounding.
        var scalesQueries = pass.Batch.AsReference && Architecture.Traits.ScalesQueries;
        // Copied into order: products of views with other strides are several times slower.
        var queries = graph.Reshape(HeadsFirst(graph, q), Stacked(pass));
        var keys = HeadsFirst(graph, k);
        var scores = pass.Batch.AsReference
            ? graph.MatMul(keys, graph.Permute(scalesQueries ? graph.Scale(q, Architecture.AttentionScale) : q, 0, 2, 1, 3))
            : graph.Reshape(graph.MatMul(keys, queries), Scores(pass));
        var weights = graph.SoftMax(scores, pass.Mask, scalesQueries ? 1 : Architecture.AttentionScale);
        var taken = graph.MatMul(graph.Contiguous(graph.Permute(v, 1, 2, 0, 3)), graph.Reshape(weights, StackedScores(pass)));
        var attended = Joined(pass, graph.Reshape(taken, Unstacked(pass)));
        var intoOutput = Output.Take(pass, attended);
        var result = Output.Forward(pass, intoOutput);
        var state = new AttentionState
        {
            Input = x,
            IntoQueries = intoQ,
            IntoKeys = intoK,
            IntoValues = intoV,
            IntoOutput = intoOutput,
            Result = BranchNorm is null ? null : result,
            Heads = new(queries, keys, HeadsFirst(graph, v), weights)
            {
                RawQueries = QueryNorm is null ? null : rawQ,
                RawKeys = KeyNorm is null ? null : rawK,
            },
        };
        return (graph.Add(x, BranchNorm?.Forward(graph, result) ?? result), state);
    }

    /// <summary>The state again, from what was kept of it.</summary>
    public AttentionState Resume(LayerPass pass, Tensor x, KeptActivations kept)
    {
        var normed = Norm(pass.Graph, x);
        return new AttentionState
        {
            Input = x,
            IntoQueries = Queries.Take(pass, normed),
            IntoKeys = Keys.Take(pass, normed),
            IntoValues = Values.Take(pass, normed),
            IntoOutput = Output.Take(pass, kept.Attended),
            Result = kept.AttentionResult,
            Heads = kept.Heads,
        };
    }

    /// <param name="gradient">Of the block's result.</param>
    /// <param name="needsInput">False in the first layer, below which nothing is trained: saves three large products.</param>
    public Tensor? Backward(LayerPass pass, AttentionState state, Tensor gradient, bool needsInput)
    {
        var graph = pass.Graph;
        var heads = state.Heads;
        var result = state.Result is { } raw && BranchNorm is { } norm ? norm.Backward(graph, gradient, raw) : gradient;
        var attended = Output.Backward(pass, state.IntoOutput, result);
        var dO = graph.Reshape(HeadsFirst(graph, Split(pass, attended)), Stacked(pass));
        var dP = graph.Reshape(graph.MatMul(heads.Values, dO), Scores(pass));
        var dS = graph.Reshape(graph.SoftMaxBack(dP, heads.Weights, Architecture.AttentionScale), StackedScores(pass));
        var weights = graph.Reshape(heads.Weights, StackedScores(pass));
        // The longer operand first: an outer product runs along the numbers of its first.
        var dV = graph.OuterProduct(weights, dO);
        var dK = graph.OuterProduct(dS, heads.Queries);
        var dQ = graph.Reshape(graph.MatMul(graph.Transposed(heads.Keys), dS), Unstacked(pass));
        var q = Flat(pass, RotatedBack(pass, HeadsFirst(graph, dQ), QueryNorm, heads.RawQueries));
        var k = Flat(pass, RotatedBack(pass, graph.Contiguous(graph.Permute(dK, 2, 0, 1, 3)), KeyNorm, heads.RawKeys));
        var v = Flat(pass, graph.Contiguous(graph.Permute(dV, 2, 0, 1, 3)));
        if (!needsInput)
        {
            Queries.Learn(pass, state.IntoQueries, q);
            Keys.Learn(pass, state.IntoKeys, k);
            Values.Learn(pass, state.IntoValues, v);
            return null;
        }

        var normed = graph.Add(
            graph.Add(Queries.Backward(pass, state.IntoQueries, q), Keys.Backward(pass, state.IntoKeys, k)),
            Values.Backward(pass, state.IntoValues, v)
        );
        var back = graph.RmsNormBack(graph.Multiply(normed, NormWeight), state.Input, Architecture.Epsilon);
        return graph.Add(gradient, back);
    }

    private Tensor Norm(ComputeGraph graph, Tensor x) => graph.Multiply(graph.RmsNorm(x, Architecture.Epsilon), NormWeight);

    private Tensor Rotated(LayerPass pass, Tensor x, Tensor? norm)
    {
        var graph = pass.Graph;
        var normed = norm is { } weight ? graph.Multiply(graph.RmsNorm(x, Architecture.Epsilon), weight) : x;
        return Rope is { } rope ? graph.Rope(normed, pass.Positions, rope) : normed;
    }

    private Tensor RotatedBack(LayerPass pass, Tensor gradient, Tensor? norm, Tensor? raw)
    {
        var graph = pass.Graph;
        var back = Rope is { } rope ? graph.RopeBack(gradient, pass.Positions, rope) : gradient;
        return norm is { } weight && raw is { } x ? graph.RmsNormBack(graph.Multiply(back, weight), x, Architecture.Epsilon) : back;
    }

    /// <summary>[head · heads, tokens] as [head, heads, length, sequences].</summary>
    private Tensor Split(LayerPass pass, Tensor x) =>
        pass.Graph.Reshape(x, new(Architecture.HeadLength, x.Shape.A / Architecture.HeadLength, pass.Batch.Length, pass.Batch.Sequences));

    /// <summary>Swaps heads and positions, in either direction.</summary>
    private static Tensor HeadsFirst(ComputeGraph graph, Tensor x) => graph.Contiguous(graph.Permute(x, 0, 2, 1, 3));

    /// <summary>[head, length, heads, sequences] as [head · heads, tokens].</summary>
    private static Tensor Joined(LayerPass pass, Tensor x) => Flat(pass, HeadsFirst(pass.Graph, x));

    private static Tensor Flat(LayerPass pass, Tensor x) => pass.Graph.Reshape(x, new(x.Shape.A * x.Shape.B, pass.Batch.Tokens));

    private TensorShape Stacked(LayerPass pass) =>
        new(Architecture.HeadLength, (long)pass.Batch.Length * Architecture.GroupSize, Architecture.HeadsOfKeys, pass.Batch.Sequences);

    private TensorShape Unstacked(LayerPass pass) =>
        new(Architecture.HeadLength, pass.Batch.Length, Architecture.Heads, pass.Batch.Sequences);

    private TensorShape StackedScores(LayerPass pass) => Stacked(pass) with { A = pass.Batch.Length };

    private TensorShape Scores(LayerPass pass) => Unstacked(pass) with { A = pass.Batch.Length };
}
