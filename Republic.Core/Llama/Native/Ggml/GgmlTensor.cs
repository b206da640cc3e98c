using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Native.Ggml;

/// <summary>ggml_tensor of ggml 0.25; <see cref="LayoutGuard"/> holds the library to it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GgmlTensor
{
    public const int Sources = 10;

    public int type;
    public nint buffer;
    public fixed long ne[4];
    public fixed ulong nb[4];
    public int op;
    public fixed int op_params[16];
    public int flags;
    public fixed long src[Sources];
    public GgmlTensor* view_src;
    public nuint view_offs;
    public void* data;
    public fixed byte name[64];
    public void* extra;
    public fixed byte padding[8];
}
