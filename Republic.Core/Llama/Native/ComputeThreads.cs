using System.Runtime.InteropServices;
using Republic.Core.Llama.Native.Ggml;

namespace Republic.Core.Llama.Native;

/// <summary>
/// The threads that compute graphs, shared by all contexts: only one graph is ever computed at a time. Without a pool
/// ggml starts and joins its threads for every single token.
/// </summary>
internal sealed unsafe class ComputeThreads : SafeHandle
{
    private volatile int allowed;

    public ComputeThreads(int count)
        : base(0, ownsHandle: true)
    {
        LlamaRuntime.EnsureStarted();
        Count = count;
        allowed = count;
        GgmlThreadpoolParams parameters;
        GgmlApi.ggml_threadpool_params_init(&parameters, count);
        SetHandle(((delegate* unmanaged[Cdecl]<GgmlThreadpoolParams*, nint>)Function("ggml_threadpool_new"))(&parameters));
        if (IsInvalid)
        {
            throw new InvalidOperationException($"The {count} threads for local models could not be started.");
        }
    }

    public int Count { get; }

    /// <summary>How many of them may compute now; contexts follow with their next step.</summary>
    public int Allowed
    {
        get => allowed;
        set => allowed = Math.Clamp(value, 1, Count);
    }

    public int CountFor(LlamaModel model) => ProcessorCores.Worth(model.Bytes, allowed);

    /// <summary>In how many parts work on this model is computed, <see cref="Allowed"/> of them at the same time.</summary>
    public static int PartsOf(LlamaModel model) => ParallelParts.Suits(model.Bytes) ? ParallelParts.Parts : 1;

    public override bool IsInvalid => handle == 0;

    /// <summary>A context that computes on one thread needs none of the others, and must not wake them.</summary>
    public void AttachTo(nint context, int used)
    {
        if (used > 1)
        {
            LlamaApi.llama_attach_threadpool(context, handle, handle);
        }
        else
        {
            LlamaApi.llama_detach_threadpool(context);
        }
    }

    protected override bool ReleaseHandle()
    {
        ((delegate* unmanaged[Cdecl]<nint, void>)Function("ggml_threadpool_free"))(handle);
        return true;
    }

    /// <summary>These functions live in the variant that ggml chose for this processor, so they cannot be imported by name.</summary>
    private static nint Function(string name)
    {
        var registration = GgmlApi.ggml_backend_reg_by_name("CPU");
        var address = registration == 0 ? 0 : GgmlApi.ggml_backend_reg_get_proc_address(registration, name);
        return address != 0 ? address : throw new NativeLibraryException("No variant of ggml's CPU library runs on this processor.");
    }
}
