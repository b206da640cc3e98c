using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Fitting;

namespace Republic.Web.Api.PersonalModels;

internal sealed record PersonalModelList(IReadOnlyList<PersonalModelCard> PersonalModels, string? NextCursor);

internal sealed record PersonalModelFound(PersonalModelCard PersonalModel);

/// <summary>How far a model is, and whether it fits.</summary>
internal sealed record PersonalModelStatus(
    Guid Id,
    ModelState Status,
    double DownloadProgress,
    long BytesDone,
    long? BytesTotal,
    double? BytesPerSecond,
    double? EtaSeconds,
    string? Waiting,
    string? Error,
    ModelState? StoppedAt,
    string? Verdict,
    string? Reason,
    FitEstimate? Estimate,
    MeasuredModel? Measured
)
{
    public static PersonalModelStatus Of(PersonalModelCard card, FitReport? fit) =>
        new(
            card.Id,
            card.Status,
            card.DownloadProgress,
            card.BytesDone,
            card.BytesTotal,
            card.BytesPerSecond,
            card.EtaSeconds,
            card.Waiting,
            card.Error,
            card.StoppedAt,
            fit?.Verdict,
            fit?.Reason,
            fit?.Estimate,
            card.Measured
        );
}

/// <param name="CustomName">By which minions name it; those that do so already follow.</param>
internal sealed record PersonalModelChange(string? CustomName);

/// <summary>What the catalogue offers. Figures of the vendor are the vendor's; addresses and sizes were not checked here.</summary>
internal sealed record CatalogList(IReadOnlyList<CatalogEntry> Models);

internal sealed record CatalogEntry(
    string ModelId,
    string Name,
    string FullName,
    string? Parameters,
    string Licence,
    string? Specialty,
    IReadOnlyList<string> UseCases,
    IReadOnlyList<string> Tags,
    string? Note,
    Core.PersonalModels.Catalog.VendorFigures? Vendor,
    double SizeGb,
    IReadOnlyList<CatalogFile> Variants
);

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
