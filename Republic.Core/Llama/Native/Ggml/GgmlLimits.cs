namespace Republic.Core.Llama.Native.Ggml;

/// <summary>Shapes of weights that ggml computes wrongly and does not refuse.</summary>
internal static class GgmlLimits
{
    /// <summary>
    /// Weights of so many inputs or fewer stay as they are in the file. Of quantised ones they are a single block, and the kernel for AMX adds
    /// the products of the last block to what it wrote for those before: of 32 rows at once, with none before, to whatever lay in its output
    /// (ggml/src/ggml-cpu/amx/mmq.cpp, tinygemm_kernel_amx, v0.5.0). Now and then that is no number.
    /// </summary>
    public const int InputsNotToRepack = 32;
}
