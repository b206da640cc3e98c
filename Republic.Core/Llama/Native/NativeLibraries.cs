using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Republic.Core.Llama.Native;

/// <summary>Maps the names that <see cref="LlamaApi"/> imports from to files whose names carry a version.</summary>
internal static partial class NativeLibraries
{
    public const string Llama = "llama";
    public const string Ggml = "ggml";
    public const string GgmlBase = "ggml-base";

    private static readonly Dictionary<string, nint> Loaded = [];

    /// <summary>Loads the three libraries of <paramref name="folder"/>, dependencies first: Windows does not look beside the file.</summary>
    public static void Load(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            // On an abort ggml would start a debugger to print where it was. It looks when it is loaded, and .NET's own
            // variables do not reach native code.
            _ = setenv("GGML_NO_BACKTRACE", "1", overwrite: 1);
        }

        foreach (var name in new[] { GgmlBase, Ggml, Llama })
        {
            Loaded[name] = LoadOne(folder, name);
        }

        NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
    }

    public static nint Handle(string name) => Loaded[name];

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => Loaded.GetValueOrDefault(name);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    private static nint LoadOne(string folder, string name)
    {
        var file =
            Directory.EnumerateFiles(folder).FirstOrDefault(file => IsLibrary(Path.GetFileName(file), name))
            ?? throw new NativeLibraryException($"The library {name} is missing in {folder}. Run `npm ci` in Republic's folder.");
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new NativeLibraryException($"{file} cannot be loaded on this machine: {e.Message}", e);
        }
    }

    /// <summary><c>libllama.v0.5.0.so</c>, <c>libllama.so</c> and <c>llama.dll</c> are llama; <c>libllama-common.so</c> is not.</summary>
    internal static bool IsLibrary(string file, string name)
    {
        var stem = file.StartsWith("lib", StringComparison.Ordinal) ? file[3..] : file;
        return stem.StartsWith(name + ".", StringComparison.Ordinal) && Path.GetExtension(file) is (".so" or ".dylib" or ".dll");
    }
}
