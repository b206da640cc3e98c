namespace Republic.Core.Llama.Memory;

/// <summary>The memory of the machine, or of the container that limits this process, in bytes.</summary>
/// <param name="AvailableBytes">What could be taken now without harm to others.</param>
internal sealed record MachineMemory(long AvailableBytes, long TotalBytes)
{
    private const long LeastMargin = 512L << 20;
    private const double MarginShare = 0.05;

    /// <summary>What is left free in case an estimate is too low or another program takes more.</summary>
    public long MarginBytes { get; init; } = Math.Max(LeastMargin, (long)(TotalBytes * MarginShare));

    public static MachineMemory Now() => (OperatingSystem.IsLinux() ? new LinuxMemory("/").Read() : null) ?? OfTheRuntime();

    private static MachineMemory OfTheRuntime()
    {
        var memory = GC.GetGCMemoryInfo();
        var taken = Math.Max(memory.MemoryLoadBytes, Environment.WorkingSet);
        return new(Math.Max(memory.TotalAvailableMemoryBytes - taken, 0), memory.TotalAvailableMemoryBytes);
    }
}
