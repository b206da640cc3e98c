namespace Republic.Core.PersonalModels.Fitting;

/// <summary>Whether a model fits here, and why.</summary>
/// <param name="Verdict"><c>fits_gpu</c>, <c>fits_partly</c>, <c>fits_ram</c>, <c>tight</c>, <c>does_not_fit</c> or <c>cannot_tell</c>.</param>
/// <param name="Reason">For people.</param>
/// <param name="Free">What is free for it where it would lie, in bytes.</param>
/// <param name="Margin">What of that has to stay free, in bytes.</param>
public sealed record FitReport(string Verdict, string Reason, FitEstimate Estimate, long Free, long Margin)
{
    public const string DoesNotFit = "does_not_fit";

    public required FitBasis Basis { get; init; }

    /// <summary>Tokens per sequence, of the model as it would be loaded.</summary>
    public required int Context { get; init; }

    public required int Sequences { get; init; }

    /// <summary>How many of its layers would lie on GPUs.</summary>
    public int GpuLayers { get; init; }

    /// <summary>Tokens of the longest shorter context with which it would fit better; null where there is none.</summary>
    public int? ShorterContext { get; init; }
}
