using Republic.Core.Llama.Gguf;

namespace Republic.Core.Llama.Files;

/// <summary>
/// Estimates the size of a copy before it is made. llama.cpp chooses a type for each tensor; of those that it may choose, the largest is
/// taken.
/// </summary>
internal static class QuantizedSize
{
    /// <summary>Tensors to which Q4_K_M gives six bits a weight, to some of them in some layers only.</summary>
    private static readonly string[] Finer = ["token_embd", "output.weight", "attn_v", "attn_qkv", "attn_kv", "ffn_down"];

    /// <summary>What the copy's header says beside that of the source.</summary>
    private const int MoreHeader = 4096;

    /// <summary>Where a tensor ends, the next one begins at a multiple of this.</summary>
    private const int Alignment = 32;

    /// <exception cref="GgufException">The file is no model.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static long Of(string model, string type)
    {
        var tensors = GgufReader.Read(model).Tensors;
        var header = new FileInfo(model).Length - tensors.Sum(tensor => tensor.Bytes);
        return Math.Max(0, header) + MoreHeader + tensors.Sum(tensor => BytesOf(tensor, type) + Alignment);
    }

    private static long BytesOf(GgufTensor tensor, string type)
    {
        if (tensor.Shape is [_] or [_, 1])
        {
            return tensor.Bytes;
        }

        var wanted =
            type == "Q8_0" ? "Q8_0"
            : Finer.Any(part => tensor.Name.Contains(part, StringComparison.Ordinal)) ? Fitting(tensor, "Q6_K", "Q8_0")
            : Fitting(tensor, "Q4_K", "Q5_0");
        // Rows that no block fits are kept as they are.
        return tensor.Shape[0] % GgufType.Find(wanted)!.BlockLength == 0
            ? Math.Min(tensor.Bytes, (tensor with { Type = GgufType.Find(wanted)! }).Bytes)
            : tensor.Bytes;
    }

    private static string Fitting(GgufTensor tensor, string type, string shorter) =>
        tensor.Shape[0] % GgufType.Find(type)!.BlockLength == 0 ? type : shorter;
}
