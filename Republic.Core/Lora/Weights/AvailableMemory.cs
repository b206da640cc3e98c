using System.Globalization;
using Republic.Core.Llama.Memory;
using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Weights;

/// <summary>How many bytes could be taken now without harm to others.</summary>
internal static class AvailableMemory
{
    public static long Of(ComputeDevice device) => device.IsCpu ? OfTheMachine() : device.FreeBytes;

    /// <summary>What the machine or container has, and what is left of this process's own limit on data, whichever is less.</summary>
    private static long OfTheMachine()
    {
        var available = MachineMemory.Now().AvailableBytes;
        var left = Number("/proc/self/limits", "Max data size") - (Number("/proc/self/status", "VmData:") * 1024) ?? available;
        return Math.Max(Math.Min(available, left), 0);
    }

    /// <summary>The number behind a label, or null where there is no such file, line or number.</summary>
    private static long? Number(string file, string label)
    {
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal)) : null;
        var number = line?[label.Length..].Split(' ', '\t').FirstOrDefault(word => word.Length > 0);
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
