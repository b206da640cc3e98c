using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Republic.Core.Llama.Native.Ggml;

namespace Republic.Core.Llama.Native;

/// <summary>llama.cpp, loaded, checked and ready, once per process.</summary>
internal static unsafe class LlamaRuntime
{
    private const int ErrorLevel = 4;
    private const string NoMemory = "There is not enough memory. End other programs, or take a smaller model.";
    private static readonly Lazy<string> Started = new(Start);
    private static readonly string[] LacksOfMemory = ["bad_alloc", "insufficient memory", "failed to allocate", "unable to allocate"];
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
        var reason = TakeError();
        var message = $"{what} {reason}".Trim();
        return IsLackOfMemory(reason) ? new DeviceMemoryException(message) : new InvalidDataException(message);
    }

    /// <summary>
    /// Where it makes something small and has no memory, the library ends the process by a signal. Here somebody types: they
    /// are told in words first, and the process ends as after any refusal.
    /// </summary>
    public static void EndWithWords()
    {
        GgmlApi.ggml_set_abort_callback(&End);
        CppTerminate.SayNoMemory(NoMemory);
    }

    private static bool IsLackOfMemory(string line) => LacksOfMemory.Any(words => line.Contains(words, StringComparison.Ordinal));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void End(byte* text)
    {
        Console.Error.WriteLine(IsLackOfMemory(TakeError()) ? NoMemory : $"llama.cpp cannot go on: {Marshal.PtrToStringUTF8((nint)text)}");
        Environment.Exit(1);
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
