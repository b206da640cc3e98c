using Microsoft.Extensions.Options;
using Republic.Core.Host;
using Republic.Core.Llama.Memory;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>Judges whether models fit into the memory of this machine, as the model host would load them.</summary>
public sealed class ModelFits(IOptions<ModelHostOptions> host, HostModels loaded)
{
    private static readonly int[] UsualContexts = [4096, 8192, 16_384, 32_768, 65_536, 131_072];

    /// <summary>The settings with which the model host loads models.</summary>
    public FitSettings Settings => new(host.Value.ContextLength, host.Value.Sequences);

    public async Task<ModelMemory> MemoryAsync(CancellationToken ct) =>
        new(MachineMemory.Now(), await loaded.LoadAsync(ct), host.Value.MemoryBytes);

    /// <summary>The settings of the model host, with another context where one was chosen.</summary>
    public FitSettings SettingsFor(int? context) => Settings with { Context = context ?? Settings.Context };

    /// <summary>The verdict for one file.</summary>
    /// <param name="settings">The settings to judge with; null for those of the model host.</param>
    public FitReport Fit(ModelMemory memory, FitSubject subject, FitSettings? settings = null)
    {
        var plan = subject.WithMeasured(new ContextPlan(subject.Shape, (settings ?? Settings).ForPlan()));
        var verdict = FitVerdict.Of(plan, memory.ForModels, memory.Gpus);
        var basis = plan.MeasuredBytes is null ? subject.Basis : FitBasis.Measured;
        return new FitReport(
            Spelled(verdict.Fit),
            Reason(verdict, memory, basis),
            FitEstimate.Of(plan),
            verdict.FreeBytes,
            verdict.Fit == MemoryFit.OnGpu ? memory.Gpus.Sum(gpu => gpu.MarginBytes) : memory.MarginBytes
        )
        {
            Basis = basis,
            Context = plan.ContextLength,
            Sequences = plan.Settings.Sequences,
            GpuLayers = verdict.GpuLayers,
            ShorterContext = verdict.ShorterContext,
        };
    }

    /// <summary>The verdicts for each file with each usual context, up to the longest that one of them was trained with.</summary>
    public FitMatrix Matrix(ModelMemory memory, IReadOnlyList<FitSubject> subjects, FitSettings? settings = null)
    {
        var longest = subjects.Select(subject => subject.Shape.ContextLength).DefaultIfEmpty().Max();
        IReadOnlyList<int> contexts = subjects.Count == 0 ? [] : [.. UsualContexts.Where(context => context < longest), longest];
        return new FitMatrix(contexts, [.. subjects.Select(Row)]);

        FitRow Row(FitSubject subject) =>
            new(subject.Name, subject.Basis, subject.Shape.WeightBytes, [.. contexts.Select(context => Cell(subject, context))]);

        FitReport? Cell(FitSubject subject, int context) =>
            context <= subject.Shape.ContextLength ? Fit(memory, subject, (settings ?? Settings) with { Context = context }) : null;
    }

    private static string Spelled(MemoryFit fit) =>
        fit switch
        {
            MemoryFit.OnGpu => "fits_gpu",
            MemoryFit.PartlyOnGpu => "fits_partly",
            MemoryFit.InMemory => "fits_ram",
            MemoryFit.Tight => "tight",
            MemoryFit.DoesNotFit => FitReport.DoesNotFit,
            _ => "cannot_tell",
        };

    private static string Reason(FitVerdict verdict, ModelMemory memory, FitBasis basis)
    {
        var budget =
            memory.IsBoundByBudget && verdict.Fit is MemoryFit.Tight or MemoryFit.DoesNotFit
                ? $" All models here together may take {ByteSize.Of(memory.BudgetBytes)} (ModelHost:MemoryMegabytes)."
                : "";
        var source = basis switch
        {
            FitBasis.Measured => " Measured here.",
            FitBasis.Catalog => " From the catalogue, unverified: the header of the file decides.",
            _ => "",
        };
        return verdict.Sentence + budget + source;
    }
}
