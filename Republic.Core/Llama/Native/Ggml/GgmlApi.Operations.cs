using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Native.Ggml;

/// <summary>ggml.h: the operations of a forward pass.</summary>
internal static unsafe partial class GgmlApi
{
    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_add(nint context, GgmlTensor* a, GgmlTensor* b);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_add_inplace(nint context, GgmlTensor* a, GgmlTensor* b);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_sub(nint context, GgmlTensor* a, GgmlTensor* b);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_mul(nint context, GgmlTensor* a, GgmlTensor* b);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_scale(nint context, GgmlTensor* a, float factor);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_scale_bias(nint context, GgmlTensor* a, float factor, float bias);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_tanh(nint context, GgmlTensor* a);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_geglu_split(nint context, GgmlTensor* gate, GgmlTensor* up);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_sum(nint context, GgmlTensor* a);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_mul_mat(nint context, GgmlTensor* a, GgmlTensor* b);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_out_prod(nint context, GgmlTensor* a, GgmlTensor* b);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_get_rows(nint context, GgmlTensor* a, GgmlTensor* rows);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_rms_norm(nint context, GgmlTensor* a, float epsilon);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_silu(nint context, GgmlTensor* a);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_swiglu_split(nint context, GgmlTensor* gate, GgmlTensor* up);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_soft_max_ext(nint context, GgmlTensor* a, GgmlTensor* mask, float scale, float maxBias);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_rope_ext(
        nint context,
        GgmlTensor* a,
        GgmlTensor* positions,
        GgmlTensor* factors,
        int dimensions,
        int mode,
        int originalContext,
        float frequencyBase,
        float frequencyScale,
        float extFactor,
        float attnFactor,
        float betaFast,
        float betaSlow
    );

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_cross_entropy_loss(nint context, GgmlTensor* logits, GgmlTensor* labels);
}
