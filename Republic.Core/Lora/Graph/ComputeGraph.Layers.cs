using Republic.Core.Llama.Native.Ggml;

namespace Republic.Core.Lora.Graph;

internal sealed unsafe partial class ComputeGraph
{
    private const int NeoX = 2;
    private const int DefaultContext = 0;
    private const float NoExtension = 0;
    private const float NoAttentionFactor = 1;
    private const float BetaFast = 32;
    private const float BetaSlow = 1;
    private const float RootOfTwoOverPi = 0.7978845608f;
    private const float GeluCubic = 0.044715f;

    /// <summary>Each row divided by its root mean square: x / sqrt(mean(x²) + ε).</summary>
    public Tensor RmsNorm(Tensor x, float epsilon)
    {
        RequireFloats(x);
        Require(epsilon >= 0, $"{epsilon} is no epsilon");
        return Note(GgmlApi.ggml_rms_norm(Room(), x.Pointer, epsilon));
    }

    /// <param name="gradient">Of the norm's result.</param>
    /// <param name="x">What went into the norm.</param>
    public Tensor RmsNormBack(Tensor gradient, Tensor x, float epsilon)
    {
        RequireSame(gradient, x);
        return Note(GgmlApi.ggml_rms_norm_back(Room(), gradient.Pointer, x.Pointer, epsilon));
    }

    /// <summary>x · sigmoid(x).</summary>
    public Tensor Silu(Tensor x)
    {
        RequireFloats(x);
        return Note(GgmlApi.ggml_silu(Room(), x.Pointer));
    }

    public Tensor SiluBack(Tensor gradient, Tensor x)
    {
        RequireSame(gradient, x);
        return Note(GgmlApi.ggml_silu_back(Room(), gradient.Pointer, x.Pointer));
    }

    /// <summary>silu(gate) · up, the gate of a llama's feed-forward layer.</summary>
    public Tensor SwiGlu(Tensor gate, Tensor up)
    {
        RequireSame(gate, up);
        return Note(GgmlApi.ggml_swiglu_split(Room(), gate.Pointer, up.Pointer));
    }

    /// <summary>gelu(gate) · up as llama.cpp computes it: on the CPU from a table of 16-bit numbers, so in small stairs.</summary>
    public Tensor GeGlu(Tensor gate, Tensor up)
    {
        RequireSame(gate, up);
        return Note(GgmlApi.ggml_geglu_split(Room(), gate.Pointer, up.Pointer));
    }

    /// <summary>
    /// x (1 + t)/2 with t = tanh(√(2/π) (x + 0.044715 x³)): the approximation of Hendrycks and Gimpel (arXiv 1606.08415, section 2),
    /// in full precision.
    /// </summary>
    public Tensor Gelu(Tensor x) => Multiply(x, ScaleAdd(GeluTanh(x, Multiply(x, x)), 0.5f, 0.5f));

    /// <summary>The derivative of <see cref="Gelu"/>: (1 + t)/2 + x/2 · (1 − t²) · √(2/π) (1 + 3 · 0.044715 x²). ggml has no operation for it.</summary>
    public Tensor GeluBack(Tensor gradient, Tensor x)
    {
        RequireSame(gradient, x);
        var square = Multiply(x, x);
        var tanh = GeluTanh(x, square);
        var inner = Multiply(x, ScaleAdd(square, 1.5f * RootOfTwoOverPi * GeluCubic, 0.5f * RootOfTwoOverPi));
        var slope = Multiply(inner, ScaleAdd(Multiply(tanh, tanh), -1, 1));
        return Multiply(gradient, Add(ScaleAdd(tanh, 0.5f, 0.5f), slope));
    }

    private Tensor GeluTanh(Tensor x, Tensor square) =>
        Note(GgmlApi.ggml_tanh(Room(), Multiply(x, ScaleAdd(square, RootOfTwoOverPi * GeluCubic, RootOfTwoOverPi)).Pointer));

    /// <summary>softmax(scale · x + mask) along the first axis.</summary>
    /// <param name="mask">0 or -infinity for each pair of tokens: [keys, queries], the same for all heads and sequences.</param>
    public Tensor SoftMax(Tensor x, Tensor mask, float scale)
    {
        RequireFloats(x);
        RequireFloats(mask);
        Require(mask.Shape == new TensorShape(x.Shape.A, x.Shape.B), $"{mask} is no mask for {x}");
        return Note(GgmlApi.ggml_soft_max_ext(Room(), x.Pointer, mask.Pointer, scale, maxBias: 0));
    }

    /// <summary>softmax(x) along the first axis.</summary>
    public Tensor SoftMax(Tensor x)
    {
        RequireFloats(x);
        return Note(GgmlApi.ggml_soft_max_ext(Room(), x.Pointer, null, scale: 1, maxBias: 0));
    }

    /// <param name="result">What the softmax gave.</param>
    public Tensor SoftMaxBack(Tensor gradient, Tensor result, float scale)
    {
        RequireSame(gradient, result);
        return Note(GgmlApi.ggml_soft_max_ext_back(Room(), gradient.Pointer, result.Pointer, scale, maxBias: 0));
    }

    /// <summary>Rotates [head, heads, tokens, sequences] by the tokens' positions.</summary>
    /// <param name="positions">One per token, the same for all sequences.</param>
    public Tensor Rope(Tensor x, Tensor positions, RopeSettings rope) => Turned(x, positions, rope, &GgmlApi.ggml_rope_ext);

    /// <summary>A rotation's gradient is rotated back.</summary>
    public Tensor RopeBack(Tensor gradient, Tensor positions, RopeSettings rope) =>
        Turned(gradient, positions, rope, &GgmlApi.ggml_rope_ext_back);

    private Tensor Turned(
        Tensor x,
        Tensor positions,
        RopeSettings rope,
        delegate* <nint, GgmlTensor*, GgmlTensor*, GgmlTensor*, int, int, int, float, float, float, float, float, float, GgmlTensor*> turn
    )
    {
        RequireRope(x, positions, rope);
        var factors = rope.Factors is { } tensor ? tensor.Pointer : null;
        var (mode, n) = (rope.NeoX ? NeoX : 0, DefaultContext);
        return Note(
            turn(
                Room(),
                x.Pointer,
                positions.Pointer,
                factors,
                rope.Dimensions,
                mode,
                n,
                rope.Base,
                rope.Scale,
                NoExtension,
                NoAttentionFactor,
                BetaFast,
                BetaSlow
            )
        );
    }

    /// <summary>The mean over rows of −log softmax(logits) at the labels.</summary>
    /// <param name="labels">As the logits: each row holds 1 at the right token and 0 elsewhere.</param>
    public Tensor CrossEntropy(Tensor logits, Tensor labels)
    {
        RequireSame(logits, labels);
        return Note(GgmlApi.ggml_cross_entropy_loss(Room(), logits.Pointer, labels.Pointer));
    }

    private static void RequireRope(Tensor x, Tensor positions, RopeSettings rope)
    {
        RequireFloats(x);
        Require(positions.Type == TensorType.I32 && positions.Count == x.Shape.C, $"{positions} are no positions for {x}");
        var fits = rope.Dimensions > 0 && rope.Dimensions % 2 == 0 && rope.Dimensions <= x.Shape.A;
        Require(fits, $"{rope.Dimensions} of {x.Shape.A} dimensions cannot be rotated");
        Require(
            rope.Factors is not { } factors || (factors.Type == TensorType.F32 && factors.Shape.A >= rope.Dimensions / 2),
            $"{rope.Factors} are no factors for {rope.Dimensions} dimensions"
        );
    }

    private static void RequireSame(Tensor a, Tensor b)
    {
        RequireFloats(a);
        RequireFloats(b);
        Require(a.Shape == b.Shape, $"{a} and {b} should have one shape");
    }
}
