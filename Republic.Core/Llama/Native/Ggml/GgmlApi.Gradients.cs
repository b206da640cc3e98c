using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Native.Ggml;

/// <summary>ggml.h: the operations of a backward pass, and the step of an optimiser.</summary>
internal static unsafe partial class GgmlApi
{
    /// <param name="gradient">Of what silu gave: it comes first, though ggml.h calls this parameter <c>a</c>, its input.</param>
    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_silu_back(nint context, GgmlTensor* gradient, GgmlTensor* input);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_rms_norm_back(nint context, GgmlTensor* gradient, GgmlTensor* input, float epsilon);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_soft_max_ext_back(
        nint context,
        GgmlTensor* gradient,
        GgmlTensor* result,
        float scale,
        float maxBias
    );

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_rope_ext_back(
        nint context,
        GgmlTensor* gradient,
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
    public static partial GgmlTensor* ggml_repeat_back(nint context, GgmlTensor* gradient, GgmlTensor* shape);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_get_rows_back(nint context, GgmlTensor* gradient, GgmlTensor* rows, GgmlTensor* shape);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_cross_entropy_loss_back(
        nint context,
        GgmlTensor* gradient,
        GgmlTensor* logits,
        GgmlTensor* labels
    );
}
