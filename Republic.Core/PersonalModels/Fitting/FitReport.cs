namespace Republic.Core.PersonalModels.Fitting;

/// <summary>The verdict whether a model fits into the memory of this machine, with its reason.</summary>
/// <param name="Verdict"><c>fits_gpu</c>, <c>fits_partly</c>, <c>fits_ram</c>, <c>tight</c>, <c>does_not_fit</c> or
/// <c>cannot_tell</c>.</param>
/// <param name="Reason">The reason in sentences for people.</param>
/// <param name="Free">The memory free for it, on the GPUs where all of it fits there, else in the machine; in bytes.</param>
/// <param name="Margin">The part of <paramref name="Free"/> that must stay free, in bytes.</param>
public sealed record FitReport(string Verdict, string Reason, FitEstimate Estimate, long Free, long Margin)
{
    public const string DoesNotFit = "does_not_fit";

    public required FitBasis Basis { get; init; }

    /// <summary>The context with which the model would be loaded, in tokens per sequence.</summary>
    public required int Context { get; init; }

    public required int Sequences { get; init; }

    /// <summary>The number of its layers that would be on GPUs.</summary>
    public int GpuLayers { get; init; }

    /// <summary>The longest shorter context with which it would fit better, in tokens; null where there is none.</summary>
    public int? ShorterContext { get; init; }
}
