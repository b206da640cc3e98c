using Microsoft.Extensions.Options;
using Republic.Core.Host;
using Republic.Core.Llama.Memory;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>Says whether models fit into the memory there is here, as the model host would load them.</summary>
public sealed class ModelFits(IOptions<ModelHostOptions> host, HostModels loaded)
{
    private static readonly int[] UsualContexts = [4096, 8192, 16_384, 32_768, 65_536, 131_072];

    /// <summary>What the model host loads models with.</summary>
    public FitSettings Settings => new(host.Value.ContextLength, host.Value.Sequences);

    public async Task<ModelMemory> MemoryAsync(CancellationToken ct) =>
        new(MachineMemory.Now(), await loaded.LoadAsync(ct), host.Value.MemoryBytes);

    /// <param name="settings">Null: those of the model host.</param>
    /// <param name="measuredBytes">What the file took when it was loaded here with these settings; it takes the place of the estimate.</param>
    public FitReport Fit(ModelMemory memory, FitSubject subject, FitSettings? settings = null, long? measuredBytes = null)
    {
        var plan = new ContextPlan(subject.Shape, (settings ?? Settings).ForPlan()) { MeasuredBytes = measuredBytes };
        var verdict = FitVerdict.Of(plan, memory.ForModels, memory.Gpus);
        var basis = measuredBytes is null ? subject.Basis : FitBasis.Measured;
        return new FitReport(
            Spelled(verdict.Fit),
            Reason(verdict, memory, basis),
            FitEstimate.Of(plan),
            verdict.FreeBytes,
            verdict.Fit == Llama.Memory.Fit.OnGpu ? memory.Gpus.Sum(gpu => gpu.MarginBytes) : memory.MarginBytes
        )
        {
            Basis = basis,
            Context = plan.ContextLength,
            Sequences = plan.Settings.Sequences,
            GpuLayers = verdict.GpuLayers,
            ShorterContext = verdict.ShorterContext,
        };
    }

    /// <summary>Each file with each usual context, up to the longest that one of them was trained on.</summary>
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

    private static string Spelled(Fit fit) =>
        fit switch
        {
            Llama.Memory.Fit.OnGpu => "fits_gpu",
            Llama.Memory.Fit.PartlyOnGpu => "fits_partly",
            Llama.Memory.Fit.InMemory => "fits_ram",
            Llama.Memory.Fit.Tight => "tight",
            Llama.Memory.Fit.DoesNotFit => FitReport.DoesNotFit,
            _ => "cannot_tell",
        };

    private static string Reason(FitVerdict verdict, ModelMemory memory, FitBasis basis)
    {
        var budget =
            memory.IsBoundByBudget && verdict.Fit is Llama.Memory.Fit.Tight or Llama.Memory.Fit.DoesNotFit
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
