using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Republic.Tests.World;

/// <summary>The memory of another process that can be written to, and a bound on it (RLIMIT_DATA) that can be lifted again.</summary>
internal static partial class MemoryOf
{
    private const int Data = 2;

    public static long Bytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmData:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan("VmData:".Length, line.Length - "VmData:".Length - " kB".Length)) << 10;
    }

    public static void Bound(int process, long bytes) => Set(process, (nuint)bytes);

    public static void Unbound(int process) => Set(process, nuint.MaxValue);

    private static void Set(int process, nuint soft)
    {
        if (prlimit(process, Data, new Limit { Soft = soft, Hard = nuint.MaxValue }, 0) != 0)
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
