using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Native.Ggml;

/// <summary>The functions of ggml.h and ggml-backend.h (0.25) that the host calls; names as there.</summary>
internal static unsafe partial class GgmlApi
{
    [LibraryImport(NativeLibraries.Ggml, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void ggml_backend_load_all_from_path(string folder);

    [LibraryImport(NativeLibraries.Ggml, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ggml_backend_reg_by_name(string name);

    [LibraryImport(NativeLibraries.GgmlBase, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ggml_backend_reg_get_proc_address(nint registration, string function);

    [LibraryImport(NativeLibraries.GgmlBase)]
    public static partial nint ggml_set_abort_callback(delegate* unmanaged[Cdecl]<byte*, void> callback);

    [LibraryImport(NativeLibraries.GgmlBase)]
    public static partial void ggml_threadpool_params_init(GgmlThreadpoolParams* parameters, int threads);
}
