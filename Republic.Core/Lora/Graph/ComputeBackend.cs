using System.Runtime.InteropServices;
using Republic.Core.Llama.Native.Ggml;

namespace Republic.Core.Lora.Graph;

/// <summary>A device made ready to compute graphs, one at a time. It must outlive the stores and graphs that use it.</summary>
internal sealed unsafe class ComputeBackend : SafeHandle
{
    private volatile int threads;
    private int threadsInUse;

    /// <param name="threads">For the CPU; a GPU does not ask.</param>
    /// <param name="usesHostMemory">
    /// False treats the CPU as if its memory were its own, as a GPU's is: weights are copied to it. For tests of that path.
    /// </param>
    /// <param name="outerProducts">False has them made of transposed products, as on devices that have no such operation.</param>
    public ComputeBackend(ComputeDevice device, int threads, bool usesHostMemory = true, bool outerProducts = true)
        : base(0, ownsHandle: true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Device = device;
        Threads = threads;
        SetHandle(GgmlApi.ggml_backend_dev_init(device.Handle, null));
        if (IsInvalid)
        {
            throw new InvalidOperationException($"The device {device.Name} ({device.Description}) could not be started.");
        }

        BufferType = GgmlApi.ggml_backend_get_default_buffer_type(handle);
        UsesHostMemory = usesHostMemory && device.IsCpu && GgmlApi.ggml_backend_buft_is_host(BufferType) != 0;
        ComputesOuterProducts = outerProducts && OuterProductIsSupported();
        RepackBufferTypes = UsesHostMemory ? ExtraBufferTypes() : [];
    }

    public static ComputeBackend Cpu(int threads) => new(ComputeDevice.TheCpu(), threads);

    public ComputeDevice Device { get; }

    /// <summary>Of the CPU. A change, from any thread, holds from the next graph on.</summary>
    public int Threads
    {
        get => threads;
        set => threads = Math.Max(1, value);
    }

    /// <summary>Whether tensors may lie in memory of the process, such as a mapped file, without being copied.</summary>
    public bool UsesHostMemory { get; }

    /// <summary>Whether the device multiplies a matrix with a transposed one; else both are transposed in the graph first.</summary>
    public bool ComputesOuterProducts { get; }

    public override bool IsInvalid => handle == 0;

    internal nint Pointer => handle;

    internal nint BufferType { get; }

    /// <summary>Kinds of memory that hold weights in another order, for kernels that multiply faster with it.</summary>
    internal IReadOnlyList<nint> RepackBufferTypes { get; }

    /// <summary>Whether products with such a weight are faster when it lies in that kind of memory.</summary>
    public bool Repacks(Tensor weight, nint bufferType)
    {
        if (weight.Shape.A <= GgmlLimits.InputsNotToRepack)
        {
            return false;
        }

        using var workspace = new GraphWorkspace(this, nodes: 4);
        using var graph = workspace.Begin();
        var copy = graph.New(weight.Type, weight.Shape);
        // It is the buffer that ggml asks, so the tensor needs one, however empty.
        var empty = GgmlApi.ggml_backend_buft_alloc_buffer(bufferType, 0);
        copy.Pointer->buffer = empty;
        var supported = Supports(graph.MatMul(copy, graph.New(TensorType.F32, new(weight.Shape.A, 32))));
        copy.Pointer->buffer = 0;
        GgmlApi.ggml_backend_buffer_free(empty);
        return supported;
    }

    /// <summary>Whether the device can compute this one operation on operands of these types.</summary>
    public bool Supports(Tensor operation) => GgmlApi.ggml_backend_dev_supports_op(Device.Handle, operation.Pointer) != 0;

    /// <param name="name">As ggml calls an extension of the processor, e.g. <c>AVX512_BF16</c>.</param>
    public bool HasFeature(string name)
    {
        var list = Function("ggml_backend_get_features");
        if (list == 0)
        {
            return false;
        }

        // Pairs of name and value; the last pair is empty.
        var registration = GgmlApi.ggml_backend_dev_backend_reg(Device.Handle);
        for (var pair = ((delegate* unmanaged[Cdecl]<nint, nint*>)list)(registration); *pair != 0; pair += 2)
        {
            if (Marshal.PtrToStringUTF8(pair[0]) == name)
            {
                return Marshal.PtrToStringUTF8(pair[1]) == "1";
            }
        }

        return false;
    }

    /// <summary>To be called before each graph.</summary>
    internal void FollowThreads()
    {
        if (threads != threadsInUse)
        {
            threadsInUse = threads;
            SetThreads(threadsInUse);
        }
    }

    protected override bool ReleaseHandle()
    {
        GgmlApi.ggml_backend_free(handle);
        return true;
    }

    private void SetThreads(int count)
    {
        var function = Function("ggml_backend_set_n_threads");
        if (function != 0)
        {
            ((delegate* unmanaged[Cdecl]<nint, int, void>)function)(handle, count);
        }
    }

    /// <summary>Such functions live in the library that ggml chose for this device, so they cannot be imported by name.</summary>
    private nint Function(string name) =>
        GgmlApi.ggml_backend_reg_get_proc_address(GgmlApi.ggml_backend_dev_backend_reg(Device.Handle), name);

    private List<nint> ExtraBufferTypes()
    {
        var types = new List<nint>();
        var function = Function("ggml_backend_dev_get_extra_bufts");
        var list = function == 0 ? null : ((delegate* unmanaged[Cdecl]<nint, nint*>)function)(Device.Handle);
        for (; list is not null && *list != 0; list++)
        {
            types.Add(*list);
        }

        return types;
    }

    private bool OuterProductIsSupported()
    {
        using var workspace = new GraphWorkspace(this, nodes: 4);
        using var graph = workspace.Begin();
        return Supports(graph.NewOuterProduct(graph.New(TensorType.F32, new(64, 32)), graph.New(TensorType.F32, new(64, 32))));
    }
}
