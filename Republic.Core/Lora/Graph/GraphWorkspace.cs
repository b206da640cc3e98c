using System.Runtime.InteropServices;
using Republic.Core.Llama.Native.Ggml;

namespace Republic.Core.Lora.Graph;

/// <summary>
/// The memory in which graphs of one kind are built and computed, one after the other; kept between them, so that the
/// next graph of the same shape allocates nothing.
/// </summary>
/// <param name="nodes">The most tensors of one graph.</param>
/// <param name="gradients">Whether ggml is to derive backward passes (<see cref="ComputeGraph.Differentiate"/>).</param>
internal sealed unsafe class GraphWorkspace(ComputeBackend backend, int nodes = 1024, bool gradients = false) : IDisposable
{
    private nint allocator = GgmlApi.ggml_gallocr_new(backend.BufferType);
    private readonly nuint scratchBytes =
        ((nuint)nodes * GgmlApi.ggml_tensor_overhead()) + GgmlApi.ggml_graph_overhead_custom((nuint)nodes, gradients ? (byte)1 : (byte)0);
    private void* scratch;
    private bool busy;
    private bool disposed;

    public ComputeBackend Backend => backend;

    /// <summary>What the device gives to the tensors of the largest graph so far.</summary>
    public long Bytes => (long)GgmlApi.ggml_gallocr_get_buffer_size(allocator, 0);

    internal int Nodes => nodes;

    /// <summary>Begins a graph. Dispose it before the next one.</summary>
    public ComputeGraph Begin()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (busy)
        {
            throw new InvalidOperationException("The graph before must be disposed first: they share their memory.");
        }

        scratch = scratch is null ? NativeMemory.Alloc(scratchBytes) : scratch;
        var context = GgmlApi.ggml_init(
            new()
            {
                mem_size = scratchBytes,
                mem_buffer = scratch,
                no_alloc = 1,
            }
        );
        busy = true;
        return new ComputeGraph(this, context, GgmlApi.ggml_new_graph_custom(context, (nuint)nodes, gradients ? (byte)1 : (byte)0));
    }

    /// <summary>Gives the memory of the graphs so far back to the device.</summary>
    public void Release()
    {
        GgmlApi.ggml_gallocr_free(allocator);
        allocator = GgmlApi.ggml_gallocr_new(backend.BufferType);
    }

    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            GgmlApi.ggml_gallocr_free(allocator);
            NativeMemory.Free(scratch);
        }
    }

    internal void Allocate(nint graph)
    {
        if (GgmlApi.ggml_gallocr_alloc_graph(allocator, graph) == 0)
        {
            // An allocator that has failed believes that it has what it asked for, and the next graph would be computed at address 0.
            Release();
            throw new DeviceMemoryException(
                $"{backend.Device.Name} has not enough memory for this batch. Take fewer or shorter sequences at a time."
            );
        }
    }

    internal void End(nint context)
    {
        GgmlApi.ggml_free(context);
        busy = false;
    }
}
