using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Native.Sampling;

/// <summary>llama_token_data_array: the tokens that a sampler chooses from, which it may sort and shorten.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LlamaTokenDataArray
{
    public LlamaTokenData* data;
    public nuint size;

    /// <summary>Where the chosen one stands; negative before one is chosen.</summary>
    public long selected;
    public byte sorted;
}
