using System.Globalization;
using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Layers;

/// <summary>How many bytes could be taken now without harm to others.</summary>
internal static class AvailableMemory
{
    private const string LinuxFile = "/proc/meminfo";

    public static long Of(ComputeDevice device) => device.IsCpu ? OfTheMachine() : device.FreeBytes;

    /// <summary>What the runtime may use (containers limit it), or what Linux says is free of it, whichever is less.</summary>
    private static long OfTheMachine()
    {
        var allowed = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet;
        return Math.Max(File.Exists(LinuxFile) ? Math.Min(allowed, FreeOnLinux() ?? allowed) : allowed, 0);
    }

    private static long? FreeOnLinux()
    {
        var line = File.ReadLines(LinuxFile).FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal));
        var number = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes * 1024 : null;
    }
}
