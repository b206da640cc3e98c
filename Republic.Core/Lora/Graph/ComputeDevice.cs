using System.Runtime.InteropServices;
using Republic.Core.Llama.Native;
using Republic.Core.Llama.Native.Ggml;

namespace Republic.Core.Lora.Graph;

/// <summary>A processor that ggml found a backend for.</summary>
/// <param name="Name">ggml's, e.g. <c>CPU</c> or <c>CUDA0</c>.</param>
/// <param name="Description">The maker's, e.g. <c>AMD EPYC</c>.</param>
internal sealed record ComputeDevice(nint Handle, string Name, string Description, bool IsCpu, bool IsGpu)
{
    private const int Cpu = 0;
    private const int Gpu = 1;
    private const int IntegratedGpu = 2;

    /// <summary>Of the device's own memory, what nobody uses now.</summary>
    public unsafe long FreeBytes
    {
        get
        {
            nuint free;
            nuint total;
            GgmlApi.ggml_backend_dev_memory(Handle, &free, &total);
            return (long)free;
        }
    }

    /// <summary>GPUs first. Accelerators that only help the CPU with single operations (BLAS) are left out.</summary>
    public static IReadOnlyList<ComputeDevice> All()
    {
        LlamaRuntime.EnsureStarted();
        return
        [
            .. Enumerable
                .Range(0, (int)GgmlApi.ggml_backend_dev_count())
                .Select(index => Describe(GgmlApi.ggml_backend_dev_get((nuint)index)))
                .Where(device => device.IsCpu || device.IsGpu)
                .OrderBy(device => device.IsCpu),
        ];
    }

    /// <exception cref="NativeLibraryException">No variant of ggml's CPU library runs here.</exception>
    public static ComputeDevice TheCpu() =>
        All().FirstOrDefault(device => device.IsCpu)
        ?? throw new NativeLibraryException("No variant of ggml's CPU library runs on this processor.");

    private static ComputeDevice Describe(nint device)
    {
        var type = GgmlApi.ggml_backend_dev_type(device);
        return new ComputeDevice(
            device,
            Marshal.PtrToStringUTF8(GgmlApi.ggml_backend_dev_name(device)) ?? "",
            Marshal.PtrToStringUTF8(GgmlApi.ggml_backend_dev_description(device)) ?? "",
            type == Cpu,
            type is Gpu or IntegratedGpu
        );
    }
}
