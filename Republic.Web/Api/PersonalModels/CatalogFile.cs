using Republic.Core.PersonalModels.Fitting;

namespace Republic.Web.Api.PersonalModels;

/// <param name="Basis">What the verdict rests on: the catalogue, or the header at the source.</param>
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
