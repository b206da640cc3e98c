using System.Globalization;

namespace Republic.Core.Llama.Memory;

/// <summary>Whether what is planned fits into the memory there is, and by how much.</summary>
/// <param name="GpuLayers">How many of the model's layers would lie on GPUs.</param>
/// <param name="NeedBytes">What it takes where it is short: on the GPUs where all of it lies there, else of the machine's memory.</param>
/// <param name="FreeBytes">What is free there.</param>
/// <param name="ShorterContext">Tokens of the longest shorter context with which it would fit better; null where there is none.</param>
internal sealed record FitVerdict(MemoryFit Fit, int GpuLayers, long NeedBytes, long FreeBytes, int? ShorterContext, string Sentence)
{
    /// <param name="memory">With what models in memory that nobody uses would give back.</param>
    /// <param name="gpus">In the order in which they are filled.</param>
    public static FitVerdict Of(ContextPlan plan, MachineMemory memory, params IReadOnlyList<GpuMemory> gpus)
    {
        var offload = GpuOffload.Most(plan, gpus);
        var fit = FitOf(plan, memory, gpus);
        var shorter = fit is MemoryFit.DoesNotFit or MemoryFit.Tight
            ? plan.Shorter(other => FitOf(other, memory, gpus) >= MemoryFit.InMemory)
                ?? plan.Shorter(other => FitOf(other, memory, gpus) > fit)
            : null;
        var (need, free) =
            fit == MemoryFit.OnGpu ? (offload.GpuBytes, gpus.Sum(gpu => gpu.FreeBytes)) : (offload.MachineBytes, memory.AvailableBytes);
        var verdict = new FitVerdict(fit, offload.Layers, need, free, shorter?.ContextLength, "");
        return verdict with { Sentence = verdict.Said(plan, memory) };
    }

    private static MemoryFit FitOf(ContextPlan plan, MachineMemory memory, IReadOnlyList<GpuMemory> gpus)
    {
        var offload = GpuOffload.Most(plan, gpus);
        var left = memory.AvailableBytes - (Int128)offload.MachineBytes;
        return !plan.Shape.IsKnown ? MemoryFit.CannotTell
            : left < memory.MarginBytes ? MemoryFit.DoesNotFit
            : left < 2 * memory.MarginBytes ? MemoryFit.Tight
            : offload.Layers == 0 ? MemoryFit.InMemory
            : offload.Layers < plan.Shape.Layers.Count ? MemoryFit.PartlyOnGpu
            : MemoryFit.OnGpu;
    }

    private string Said(ContextPlan plan, MachineMemory memory) =>
        Fit switch
        {
            MemoryFit.CannotTell =>
                $"The architecture {plan.Shape.Architecture} is not known here, so what it needs is not known either: about "
                    + $"{Size(NeedBytes)}, and {Size(FreeBytes)} are free. It may be loaded all the same.",
            MemoryFit.OnGpu => $"It fits on the GPU: it needs {Size(NeedBytes)} there and leaves {Size(FreeBytes - NeedBytes)} free.",
            MemoryFit.PartlyOnGpu =>
                $"It fits, {GpuLayers} of its {plan.Shape.Layers.Count} layers on the GPU: the rest needs {Size(NeedBytes)} of memory and "
                    + $"leaves {Size(FreeBytes - NeedBytes)} free.",
            MemoryFit.InMemory => $"It fits: it needs {Size(NeedBytes)} of memory and leaves {Size(FreeBytes - NeedBytes)} free.",
            MemoryFit.Tight => $"It is tight: it needs {Size(NeedBytes)} of memory and leaves {Size(FreeBytes - NeedBytes)} free, "
                + $"{Size(NeedBytes + (2 * memory.MarginBytes) - FreeBytes)} less than is wise. {Advice()}",
            _ => $"It does not fit: {Size(Missing(memory))} are missing. It needs {Size(NeedBytes)} of memory; {Size(FreeBytes)} are "
                + $"free{Kept(memory)}. {Advice()}",
        };

    private static string Kept(MachineMemory memory) =>
        memory.MarginBytes > 0 ? $", of which {Size(memory.MarginBytes)} have to stay so" : "";

    /// <summary>What would have to be free beside what is, the margin included.</summary>
    private long Missing(MachineMemory memory) => long.CreateSaturating((Int128)NeedBytes + memory.MarginBytes - FreeBytes);

    private string Advice() =>
        ShorterContext is { } tokens
            ? $"A context of {tokens.ToString("N0", CultureInfo.InvariantCulture)} tokens would do."
            : "No shorter context would do; take a smaller model, or one of fewer bits.";

    private static string Size(long bytes) => ByteSize.Of(bytes);
}
