using System.Globalization;
using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Weights;

/// <summary>How many bytes could be taken now without harm to others.</summary>
internal static class AvailableMemory
{
    private const string LinuxFile = "/proc/meminfo";

    public static long Of(ComputeDevice device) => device.IsCpu ? OfTheMachine() : device.FreeBytes;

    /// <summary>
    /// What the runtime may use (containers limit it), what Linux says is free of it, and what is left of this process's own
    /// limit on data, whichever is least.
    /// </summary>
    private static long OfTheMachine()
    {
        var allowed = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet;
        var free = Number(LinuxFile, "MemAvailable:") * 1024 ?? allowed;
        var left = Number("/proc/self/limits", "Max data size") - (Number("/proc/self/status", "VmData:") * 1024) ?? allowed;
        return Math.Max(Math.Min(Math.Min(allowed, free), left), 0);
    }

    /// <summary>The number behind a label, or null where there is no such file, line or number.</summary>
    private static long? Number(string file, string label)
    {
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal)) : null;
        var number = line?[label.Length..].Split(' ', '\t').FirstOrDefault(word => word.Length > 0);
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
