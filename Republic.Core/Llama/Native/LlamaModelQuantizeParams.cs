using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Native;

/// <summary>llama_model_quantize_params of llama.cpp v0.5.0; <see cref="LayoutGuard"/> holds the library to it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LlamaModelQuantizeParams
{
    public int nthread;
    public int ftype;
    public int output_tensor_type;
    public int token_embedding_type;
    public byte allow_requantize;
    public byte quantize_output_tensor;
    public byte only_copy;
    public byte pure;
    public byte keep_split;
    public byte dry_run;
    public nint imatrix;
    public nint kv_overrides;
    public nint tensor_types;
    public nint prune_layers;
    public ulong max_buf_size;
}
