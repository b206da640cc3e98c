namespace Republic.Core.Llama.Native;

/// <param name="Length">Tokens per sequence.</param>
/// <param name="Sequences">How many sequences are decoded together.</param>
/// <param name="Batch">The most tokens one decode call evaluates.</param>
/// <param name="Exact">Keys and values in 32 bits, and no flash attention: for comparing numbers, not for speed.</param>
internal sealed record ContextShape(int Length, int Sequences, int Batch, bool ForEmbeddings = false, bool Exact = false);
