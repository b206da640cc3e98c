using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Native;

/// <summary>Finds the folder that holds llama.cpp's libraries for this operating system and processor.</summary>
internal static class NativeFolder
{
    public static string Find()
    {
        var platform = Platform();
        var places = Places(platform).ToList();
        return places.FirstOrDefault(Directory.Exists)
            ?? throw new NativeLibraryException(
                $"llama.cpp's libraries for {platform} were not found. Local models need them; run `npm ci` in Republic's folder, "
                    + "or put the libraries into one of: "
                    + string.Join(", ", places.Take(2))
            );
    }

    /// <summary>As .NET and the npm packages both name it, e.g. <c>linux-x64</c>.</summary>
    internal static string Platform()
    {
        var system =
            OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }

    private static IEnumerable<string> Places(string platform)
    {
        yield return Path.Combine(AppContext.BaseDirectory, "runtimes", platform, "native");
        var package = platform switch
        {
            "osx-arm64" => "mac-arm64-metal",
            "osx-x64" => "mac-x64",
            _ => platform,
        };
        foreach (var start in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                yield return Path.Combine(folder.FullName, "node_modules", "@node-llama-cpp", package, "bins", package);
            }
        }
    }
}
