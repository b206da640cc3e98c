using Republic.Core.Llama.Native;
using Republic.Core.Llama.Native.Ggml;

namespace Republic.Core.Lora.Graph;

/// <summary>
/// Tensors that outlive a graph: weights, parameters, gradients, moments. First all are added, then memory is given to
/// them at once: the backend's own (<see cref="Allocate"/>), or memory that is there already (<see cref="Map"/>).
/// </summary>
internal sealed unsafe class TensorStore : IDisposable
{
    private readonly int capacity;
    private nint context;
    private nint buffer;
    private int count;

    /// <param name="capacity">The most tensors it will hold.</param>
    public TensorStore(int capacity)
    {
        LlamaRuntime.EnsureStarted();
        this.capacity = capacity;
        context = GgmlApi.ggml_init(new() { mem_size = (nuint)(capacity + 1) * GgmlApi.ggml_tensor_overhead(), no_alloc = 1 });
        if (context == 0)
        {
            throw new DeviceMemoryException($"There is no memory for a list of {capacity} tensors.");
        }
    }

    /// <summary>The memory given to the tensors.</summary>
    public long Bytes => buffer == 0 ? 0 : (long)GgmlApi.ggml_backend_buffer_get_size(buffer);

    public Tensor Add(TensorType type, TensorShape shape, string name = "")
    {
        if (buffer != 0 || count == capacity)
        {
            throw new InvalidOperationException(
                $"{name} cannot be added: the store is full ({count} of {capacity}) or has its memory already."
            );
        }

        if (!shape.IsPositive || shape.A % GgmlApi.ggml_blck_size((int)type) != 0)
        {
            throw new TensorShapeException($"{name} cannot be {shape} stored as {type}: a row must be whole blocks of that type.");
        }

        count++;
        var tensor = GgmlApi.ggml_new_tensor_4d(context, (int)type, shape.A, shape.B, shape.C, shape.D);
        if (name.Length > 0)
        {
            GgmlApi.ggml_set_name(tensor, name);
        }

        return new Tensor(tensor);
    }

    /// <summary>Gives every tensor memory of the backend, all zeros.</summary>
    /// <exception cref="DeviceMemoryException">The backend has not that much.</exception>
    public void Allocate(ComputeBackend backend)
    {
        Allocate(backend.BufferType);
        if (buffer != 0)
        {
            GgmlApi.ggml_backend_buffer_clear(buffer, 0);
        }
    }

    /// <summary>Gives every tensor memory of one of <see cref="ComputeBackend.RepackBufferTypes"/>.</summary>
    public void Allocate(nint bufferType)
    {
        RequireNoMemory();
        if (count == 0)
        {
            return;
        }

        buffer = GgmlApi.ggml_backend_alloc_ctx_tensors_from_buft(context, bufferType);
        if (buffer == 0)
        {
            throw new DeviceMemoryException($"There is no memory left for {count} tensors.");
        }
    }

    /// <summary>
    /// Lets tensors lie in memory of the CPU that somebody else owns and keeps until this store is disposed, such as a
    /// mapped file. Follow with <see cref="Place"/> for each of them.
    /// </summary>
    public void Map(byte* memory, long bytes)
    {
        RequireNoMemory();
        buffer = GgmlApi.ggml_backend_cpu_buffer_from_ptr(memory, (nuint)bytes);
        if (buffer == 0)
        {
            throw new DeviceMemoryException("The mapped memory could not be described to ggml.");
        }
    }

    /// <param name="address">Inside the memory that was mapped.</param>
    public void Place(Tensor tensor, byte* address)
    {
        if (buffer == 0 || GgmlApi.ggml_backend_tensor_alloc(buffer, tensor.Pointer, address) != 0)
        {
            throw new InvalidOperationException($"{tensor} could not be placed into the mapped memory.");
        }
    }

    public void Dispose()
    {
        if (buffer != 0)
        {
            GgmlApi.ggml_backend_buffer_free(buffer);
            buffer = 0;
        }

        if (context != 0)
        {
            GgmlApi.ggml_free(context);
            context = 0;
        }
    }

    private void RequireNoMemory()
    {
        if (buffer != 0)
        {
            throw new InvalidOperationException("The tensors have their memory already.");
        }
    }
}
