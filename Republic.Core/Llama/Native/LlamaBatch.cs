using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Native;

/// <summary>llama_batch of llama.cpp v0.5.0: what one decode call evaluates.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LlamaBatch
{
    public int n_tokens;
    public int* token;
    public float* embd;
    public int* pos;
    public int* n_seq_id;
    public int** seq_id;
    public sbyte* logits;
}
