using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Native;

/// <summary>
/// The low-rank changes of one adapter file to one model, in memory. Whoever computes with it holds a reference, so that
/// disposing it frees it only when the last one has let go.
/// </summary>
internal sealed class LoraAdapter : SafeHandle
{
    private readonly LlamaModel model;

    private LoraAdapter(nint adapter, LlamaModel model, string path)
        : base(0, ownsHandle: true)
    {
        this.model = model;
        Path = path;
        SetHandle(adapter);
        // The model's weights must not be freed before its adapters.
        var added = false;
        model.DangerousAddRef(ref added);
    }

    public override bool IsInvalid => handle == 0;

    public string Path { get; }

    internal nint Pointer => handle;

    /// <summary>The file must have passed <see cref="Gguf.AdapterCheck"/>: the library ends the process over some that do not.</summary>
    /// <exception cref="InvalidDataException">The library refuses the file; the message holds its reason.</exception>
    /// <exception cref="DeviceMemoryException">There is no memory for it.</exception>
    public static LoraAdapter Load(LlamaModel model, string path)
    {
        lock (model.AdapterGate)
        {
            LlamaRuntime.TakeError();
            var adapter = LlamaApi.llama_adapter_lora_init(model.Pointer, path);
            return adapter != 0 ? new LoraAdapter(adapter, model, path) : throw LlamaRuntime.Refusal("");
        }
    }

    protected override bool ReleaseHandle()
    {
        lock (model.AdapterGate)
        {
            LlamaApi.llama_adapter_lora_free(handle);
        }

        model.DangerousRelease();
        return true;
    }
}
