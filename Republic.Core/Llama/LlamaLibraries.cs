using Republic.Core.Llama.Native;

namespace Republic.Core.Llama;

/// <summary>llama.cpp's libraries as they lie on the disk; they are not loaded.</summary>
/// <param name="Version">As the name of their file has it, such as <c>v0.5.0</c>; null where it has none.</param>
/// <param name="Problem">Why they cannot be used, and what to do; null where they are here.</param>
public sealed record LlamaLibraries(string? Version, string? Problem)
{
    public static LlamaLibraries Find()
    {
        try
        {
            var folder = NativeFolder.Find();
            var file = new DirectoryInfo(folder)
                .EnumerateFiles()
                .Select(one => one.Name)
                .FirstOrDefault(name => NativeLibraries.IsLibrary(name, NativeLibraries.Llama));
            return file is null
                ? new LlamaLibraries(null, $"llama.cpp's library is missing in {folder}. Run `npm ci` in Republic's folder.")
                : new LlamaLibraries(VersionIn(file), null);
        }
        catch (NativeLibraryException error)
        {
            return new LlamaLibraries(null, error.Message);
        }
    }

    /// <summary><c>libllama.v0.5.0.so</c> is v0.5.0, <c>libllama.so</c> and <c>llama.dll</c> say none.</summary>
    internal static string? VersionIn(string file)
    {
        var stem = Path.GetFileNameWithoutExtension(file);
        var dot = stem.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? null : stem[(dot + 1)..];
    }
}
