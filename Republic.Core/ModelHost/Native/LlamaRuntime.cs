using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Republic.Core.ModelHost.Native;

/// <summary>llama.cpp, loaded, checked and ready, once per process.</summary>
internal static unsafe class LlamaRuntime
{
    private const int ErrorLevel = 4;
    private static readonly Lazy<string> Started = new(Start);
    private static string error = "";

    /// <exception cref="NativeLibraryException">The libraries are missing or of another version.</exception>
    public static string Version => Started.Value;

    public static void EnsureStarted() => _ = Started.Value;

    /// <summary>
    /// The library reports the reason for a failed load only to its log: in the first line, before those of its callers.
    /// Take it right after the failure.
    /// </summary>
    public static string TakeError()
    {
        const string before = "error loading model: ";
        var line = Interlocked.Exchange(ref error, "").Trim();
        var reason = line.LastIndexOf(before, StringComparison.Ordinal);
        return reason < 0 ? line : line[(reason + before.Length)..];
    }

    /// <summary>The library has no code for a lack of memory where it makes something: its words are all there is.</summary>
    public static Exception Refusal(string what)
    {
        string[] lacks = ["bad_alloc", "insufficient memory", "failed to allocate", "unable to allocate"];
        var reason = TakeError();
        var message = $"{what} {reason}".Trim();
        return lacks.Any(words => reason.Contains(words, StringComparison.Ordinal))
            ? new DeviceMemoryException(message)
            : new InvalidDataException(message);
    }

    private static string Start()
    {
        var folder = NativeFolder.Find();
        NativeLibraries.Load(folder);
        string version;
        try
        {
            version = Marshal.PtrToStringUTF8(LlamaApi.llama_version()) ?? "unknown";
        }
        catch (EntryPointNotFoundException)
        {
            version = "older than 0.5";
        }

        LayoutGuard.Check(version);
        LlamaApi.llama_log_set(&Log, 0);
        // Without a folder ggml would look beside the executable, which may be the dotnet host.
        GgmlApi.ggml_backend_load_all_from_path(folder);
        LlamaApi.llama_backend_init();
        return version;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Log(int level, byte* text, nint userData)
    {
        if (level == ErrorLevel && Marshal.PtrToStringUTF8((nint)text) is { } line)
        {
            Interlocked.CompareExchange(ref error, line, "");
            Console.Error.Write(line);
        }
    }
}
