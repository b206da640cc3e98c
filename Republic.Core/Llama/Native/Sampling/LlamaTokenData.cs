using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Native.Sampling;

/// <summary>llama_token_data: a token that may come next.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LlamaTokenData
{
    public int id;
    public float logit;
    public float p;
}
