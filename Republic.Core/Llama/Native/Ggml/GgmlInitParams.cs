using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Native.Ggml;

/// <summary>ggml_init_params of ggml 0.25: where the descriptions of tensors are kept.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GgmlInitParams
{
    public nuint mem_size;
    public void* mem_buffer;
    public byte no_alloc;
}
