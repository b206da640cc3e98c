using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Republic.Core.Trainer;

/// <summary>
/// Bounds what this process may allocate, so that a run that asks for too much is told no, where otherwise the system would
/// end some process of its own choice.
/// </summary>
internal static partial class MemoryLimit
{
    /// <summary>RLIMIT_DATA: memory of one's own that can be written to. Mapped files and reserved addresses do not count.</summary>
    private const int Data = 2;

    /// <summary>Where the system knows no such limit, nothing happens.</summary>
    public static void Set(long bytes)
    {
        if (OperatingSystem.IsLinux() && setrlimit(Data, new Limit { Soft = (nuint)bytes, Hard = (nuint)bytes }) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setrlimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
