using Republic.Core.PersonalModels.Catalog;

namespace Republic.Web.Api.PersonalModels;

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
    VendorFigures? Vendor,
    double SizeGb,
    IReadOnlyList<CatalogFile> Variants
);
