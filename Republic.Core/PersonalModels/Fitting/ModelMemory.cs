using Republic.Core.Llama.Memory;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>The memory that there is here for one more model, in bytes.</summary>
public sealed record ModelMemory
{
    private readonly MachineMemory machine;

    /// <param name="budgetBytes">What all models in memory may take together.</param>
    internal ModelMemory(MachineMemory machine, HostLoad load, long budgetBytes)
    {
        this.machine = machine;
        BudgetBytes = budgetBytes;
        IdleBytes = load.IdleBytes;
        BusyBytes = load.BusyBytes;
    }

    /// <summary>Of the machine, or of the container that this runs in.</summary>
    public long TotalBytes => machine.TotalBytes;

    /// <summary>What all models in memory may take together (<c>ModelHost:MemoryMegabytes</c>).</summary>
    public long BudgetBytes { get; }

    /// <summary>What models take that nobody uses; they give way to another.</summary>
    public long IdleBytes { get; }

    /// <summary>What models take that answer now.</summary>
    public long BusyBytes { get; }

    /// <summary>What one more model may take.</summary>
    public long FreeBytes => Math.Min(MachineBytes, AllowedBytes);

    /// <summary>
    /// What of it is left free in case an estimate is too low or another program takes more. What the budget leaves to the machine
    /// counts too: where that is plenty, a model may take all of the budget, as the model host lets it.
    /// </summary>
    public long MarginBytes => Math.Max(machine.MarginBytes - ((MachineBytes - FreeBytes) / 2), 0);

    /// <summary>The budget leaves less than the machine has.</summary>
    public bool IsBoundByBudget => AllowedBytes < MachineBytes;

    internal IReadOnlyList<GpuMemory> Gpus { get; init; } = [];

    /// <summary>As <see cref="FitVerdict"/> takes it.</summary>
    internal MachineMemory ForModels => new(FreeBytes, TotalBytes) { MarginBytes = MarginBytes };

    /// <summary>What is available now and what idle models would give back, which is no more than what busy ones leave.</summary>
    private long MachineBytes => Math.Min(machine.AvailableBytes + IdleBytes, Math.Max(TotalBytes - BusyBytes, 0));

    private long AllowedBytes => Math.Max(BudgetBytes - BusyBytes, 0);
}
