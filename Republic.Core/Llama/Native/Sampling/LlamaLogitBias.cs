using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Native.Sampling;

/// <summary>llama_logit_bias: what is added to one token's logit.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LlamaLogitBias
{
    public int token;
    public float bias;
}
