using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Native.Ggml;

/// <summary>ggml-backend.h: devices, their memory, and computing on them.</summary>
internal static unsafe partial class GgmlApi
{
    [LibraryImport(NativeLibraries.Ggml)]
    public static partial nuint ggml_backend_dev_count();

    [LibraryImport(NativeLibraries.Ggml)]
    public static partial nint ggml_backend_dev_get(nuint index);

    [LibraryImport(Base)]
    public static partial nint ggml_backend_dev_name(nint device);

    [LibraryImport(Base)]
    public static partial nint ggml_backend_dev_description(nint device);

    [LibraryImport(Base)]
    public static partial int ggml_backend_dev_type(nint device);

    [LibraryImport(Base)]
    public static partial void ggml_backend_dev_memory(nint device, nuint* free, nuint* total);

    [LibraryImport(Base)]
    public static partial nint ggml_backend_dev_backend_reg(nint device);

    [LibraryImport(Base)]
    public static partial byte ggml_backend_dev_supports_op(nint device, GgmlTensor* tensor);

    [LibraryImport(Base)]
    public static partial nint ggml_backend_dev_init(nint device, byte* parameters);

    [LibraryImport(Base)]
    public static partial void ggml_backend_free(nint backend);

    [LibraryImport(Base)]
    public static partial nint ggml_backend_get_default_buffer_type(nint backend);

    [LibraryImport(Base)]
    public static partial byte ggml_backend_buft_is_host(nint bufferType);

    [LibraryImport(Base)]
    public static partial int ggml_backend_graph_compute(nint backend, nint graph);

    [LibraryImport(Base)]
    public static partial nint ggml_backend_cpu_buffer_from_ptr(void* memory, nuint size);

    [LibraryImport(Base)]
    public static partial int ggml_backend_tensor_alloc(nint buffer, GgmlTensor* tensor, void* address);

    [LibraryImport(Base)]
    public static partial nint ggml_backend_buft_alloc_buffer(nint bufferType, nuint size);

    [LibraryImport(Base)]
    public static partial void ggml_backend_buffer_free(nint buffer);

    [LibraryImport(Base)]
    public static partial nuint ggml_backend_buffer_get_size(nint buffer);

    [LibraryImport(Base)]
    public static partial void ggml_backend_buffer_clear(nint buffer, byte value);

    [LibraryImport(Base)]
    public static partial void ggml_backend_tensor_set(GgmlTensor* tensor, void* data, nuint offset, nuint size);

    [LibraryImport(Base)]
    public static partial void ggml_backend_tensor_get(GgmlTensor* tensor, void* data, nuint offset, nuint size);
}
