using Republic.Core.Data;
using Republic.Core.Llama.Memory;

namespace Republic.Core.PersonalModels;

/// <summary>What this machine, or the container that limits this process, has for models.</summary>
/// <param name="AvailableBytes">Of its memory, what could be taken now.</param>
/// <param name="MarginBytes">Of its memory, what is left free by any model that is said to fit.</param>
/// <param name="DiskBytes">Of the disk that holds the data folder.</param>
public sealed record MachineFacts(long MemoryBytes, long AvailableBytes, long MarginBytes, int Cores, long DiskFreeBytes, long DiskBytes)
{
    public static MachineFacts Now(DataFolder folder)
    {
        var memory = MachineMemory.Now();
        var disk = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder.Root)! : folder.Root);
        return new MachineFacts(
            memory.TotalBytes,
            memory.AvailableBytes,
            memory.MarginBytes,
            ProcessorCores.Usable(),
            disk.AvailableFreeSpace,
            disk.TotalSize
        );
    }
}
