using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Republic.Tests.World;

/// <summary>No file of a process may grow beyond a size (RLIMIT_FSIZE): to it, the disk is full there.</summary>
internal static partial class FileLimit
{
    private const int FileSize = 1;

    /// <summary>Before its program, in a shell: the system would else end the process where it shall only fail to write.</summary>
    public const string Prepare = "trap '' XFSZ; DOTNET_EnableWriteXorExecute=0 exec dotnet \"$@\"";

    public static void Set(int process, long bytes)
    {
        if (prlimit(process, FileSize, new Limit { Soft = (nuint)bytes, Hard = nuint.MaxValue }, 0) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int prlimit(int process, int resource, in Limit wanted, nint before);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
