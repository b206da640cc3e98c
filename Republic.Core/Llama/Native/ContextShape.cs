using Republic.Core.Llama.Memory;

namespace Republic.Core.Llama.Native;

/// <param name="Length">Tokens per sequence.</param>
/// <param name="Sequences">How many sequences are decoded together.</param>
/// <param name="Batch">The most tokens one decode call evaluates.</param>
/// <param name="Exact">Keys and values in 32 bits, and no flash attention: for comparing numbers, not for speed.</param>
internal sealed record ContextShape(int Length, int Sequences, int Batch, bool ForEmbeddings = false, bool Exact = false)
{
    /// <summary>The most tokens of one decode call that ask for logits, for which llama.cpp reserves memory; 0: all of them.</summary>
    public int Outputs { get; init; }

    /// <summary>In which keys and values are stored, unless they are exact.</summary>
    public CacheType Cache { get; init; } = CacheType.F16;
}
