using Republic.Core.Llama.Files;
using Republic.Core.PersonalModels.Fitting;

namespace Republic.Core.PersonalModels;

/// <summary>A model that a person can use on this machine.</summary>
/// <param name="IsOwn">False for a model in a folder that everybody shares.</param>
/// <param name="TokensPerS">The speed measured on this machine; null where it was not measured.</param>
public sealed record LocalModel(string Name, bool IsOwn, long Bytes, double? TokensPerS)
{
    /// <summary>The verdict about memory; null where nobody asked for it, or the file cannot be read.</summary>
    public FitReport? Fit { get; init; }

    /// <summary>The model host crashed over the file, and does not load it until its owner tries it again.</summary>
    public bool IsQuarantined { get; init; }

    internal bool IsTooLarge => Fit is { Verdict: FitReport.DoesNotFit };

    /// <summary>The id of the row; empty for a shared model.</summary>
    internal Guid Id { get; init; }

    /// <summary>The id in the catalogue, or the name of the file; null for a shared model.</summary>
    internal string? ModelId { get; init; }

    /// <summary>The SHA-256 of the file; null for a shared model, whose file may change.</summary>
    internal string? Sha256 { get; init; }

    /// <summary>The file of a shared model.</summary>
    internal ModelFile? File { get; init; }

    internal MeasuredModel? Measured { get; init; }

    /// <summary>The context with which it is loaded; null for the model host's default.</summary>
    internal int? ContextLength { get; init; }
}
