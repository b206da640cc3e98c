using Republic.Core.Llama.Memory;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>The memory available for one more model, in bytes.</summary>
public sealed record ModelMemory
{
    private readonly MachineMemory machine;

    /// <param name="budgetBytes">The memory that all loaded models may take together.</param>
    internal ModelMemory(MachineMemory machine, HostLoad load, long budgetBytes)
    {
        this.machine = machine;
        BudgetBytes = budgetBytes;
        IdleBytes = load.IdleBytes;
        BusyBytes = load.BusyBytes;
    }

    /// <summary>The memory of the machine, or of the container that this process runs in.</summary>
    public long TotalBytes => machine.TotalBytes;

    /// <summary>The memory that all loaded models may take together (<c>ModelHost:MemoryMegabytes</c>).</summary>
    public long BudgetBytes { get; }

    /// <summary>The memory of idle models, which are unloaded for another.</summary>
    public long IdleBytes { get; }

    /// <summary>The memory of models that are answering.</summary>
    public long BusyBytes { get; }

    /// <summary>The memory that one more model may take.</summary>
    public long FreeBytes => Math.Min(MachineBytes, AllowedBytes);

    /// <summary>
    /// The part of <see cref="FreeBytes"/> that must stay free, in case an estimate is too low or another program takes more. Memory beyond
    /// the budget counts too: where it is plenty, a model may take all of the budget, as the model host allows.
    /// </summary>
    public long MarginBytes => Math.Max(machine.MarginBytes - ((MachineBytes - FreeBytes) / 2), 0);

    /// <summary>True where the budget allows less than the machine has.</summary>
    public bool IsBoundByBudget => AllowedBytes < MachineBytes;

    internal IReadOnlyList<GpuMemory> Gpus { get; init; } = [];

    /// <summary>This memory as the argument of <see cref="FitVerdict"/>.</summary>
    internal MachineMemory ForModels => new(FreeBytes, TotalBytes) { MarginBytes = MarginBytes };

    /// <summary>The available memory and that of idle models, at most what busy models leave of the total.</summary>
    private long MachineBytes => Math.Min(machine.AvailableBytes + IdleBytes, Math.Max(TotalBytes - BusyBytes, 0));

    private long AllowedBytes => Math.Max(BudgetBytes - BusyBytes, 0);
}
