using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Native.Ggml;

/// <summary>ggml.h and ggml-alloc.h: graphs, and the memory that their tensors share.</summary>
internal static unsafe partial class GgmlApi
{
    [LibraryImport(Base)]
    public static partial nuint ggml_graph_overhead_custom(nuint size, byte gradients);

    [LibraryImport(Base)]
    public static partial nint ggml_new_graph_custom(nint context, nuint size, byte gradients);

    [LibraryImport(Base)]
    public static partial void ggml_build_forward_expand(nint graph, GgmlTensor* tensor);

    [LibraryImport(Base)]
    public static partial void ggml_build_backward_expand(nint context, nint graph, GgmlTensor** gradientsByNode);

    [LibraryImport(Base)]
    public static partial int ggml_graph_size(nint graph);

    [LibraryImport(Base)]
    public static partial int ggml_graph_n_nodes(nint graph);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_graph_node(nint graph, int index);

    [LibraryImport(Base)]
    public static partial nint ggml_gallocr_new(nint bufferType);

    [LibraryImport(Base)]
    public static partial void ggml_gallocr_free(nint allocator);

    [LibraryImport(Base)]
    public static partial byte ggml_gallocr_alloc_graph(nint allocator, nint graph);

    [LibraryImport(Base)]
    public static partial nuint ggml_gallocr_get_buffer_size(nint allocator, int buffer);

    [LibraryImport(Base)]
    public static partial nint ggml_backend_alloc_ctx_tensors_from_buft(nint context, nint bufferType);
}
