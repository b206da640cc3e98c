using Republic.Core.Data;
using Republic.Core.Llama.Memory;

namespace Republic.Core.PersonalModels;

/// <summary>The memory, processor and disk of this machine, or of the container that limits this process. Sizes are in bytes.</summary>
/// <param name="AvailableBytes">The memory that could be allocated now.</param>
/// <param name="MarginBytes">The memory that a model must leave free to count as fitting.</param>
/// <param name="Cores">The processor cores that this process may use.</param>
/// <param name="DiskFreeBytes">The free bytes of the disk that holds the data folder.</param>
/// <param name="DiskBytes">The size of that disk.</param>
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
