using Republic.Core.PersonalModels.Fitting;

namespace Republic.Web.Api.PersonalModels;

/// <summary>One file of a model of the catalogue, with its verdict.</summary>
/// <param name="Variant">The quantization.</param>
/// <param name="Basis">The data that the verdict is based on: the catalogue, or the header at the source.</param>
internal sealed record CatalogFile(
    string Variant,
    long Bytes,
    Uri Url,
    string? Sha256,
    bool Approximate,
    string Verdict,
    string Reason,
    FitBasis Basis
);
