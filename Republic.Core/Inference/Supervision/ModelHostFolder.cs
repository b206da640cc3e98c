using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Republic.Core.Data;

namespace Republic.Core.Inference.Supervision;

/// <summary>The child's own folder, which nobody else may enter, and the socket in it.</summary>
internal static class ModelHostFolder
{
    private const int LongestSocketPath = 103;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static string Make(DataFolder data)
    {
        var folder = data.Folder("model-host");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, OwnerOnly);
        }

        RemoveOrphans(folder);
        return folder;
    }

    /// <summary>
    /// A path of its own for each supervisor: a second copy of the app may share the data folder. The system refuses
    /// paths beyond 107 bytes; where the folder's is too long, the socket goes to a new folder below the temporary one.
    /// </summary>
    public static string SocketPath(string folder)
    {
        var name = NewName(".sock");
        var path = Path.Combine(folder, name);
        return Encoding.UTF8.GetByteCount(path) <= LongestSocketPath
            ? path
            : Path.Combine(Directory.CreateTempSubdirectory("republic-").FullName, name);
    }

    /// <summary>Begins with the id of the process that owns it.</summary>
    public static string NewName(string extension) =>
        $"{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}{extension}";

    public static void RemoveSocket(string folder, string path)
    {
        File.Delete(path);
        if (Path.GetDirectoryName(path) is { } own && own != folder)
        {
            Directory.Delete(own);
        }
    }

    /// <summary>What a process that was killed left behind.</summary>
    private static void RemoveOrphans(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.sock").Concat(Directory.EnumerateFiles(folder, "*.activity")))
        {
            if (!int.TryParse(Path.GetFileName(file).Split('-')[0], out var owner) || !IsRunning(owner))
            {
                File.Delete(file);
            }
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
