using Republic.Core.PersonalModels.Catalog;

namespace Republic.Web.Api.PersonalModels;

/// <summary>A model of the catalogue with its files.</summary>
/// <param name="SizeGb">The size of the smallest file, in decimal gigabytes.</param>
/// <param name="Vendor">The vendor's figures; null where there are none.</param>
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
