namespace Republic.Core.PersonalModels.Catalog;

/// <summary>A model of the catalogue, with the files in which it is available.</summary>
public sealed record CatalogModel
{
    /// <summary>The id that the API takes.</summary>
    public required string ModelId { get; init; }

    /// <summary>The name of its publisher's repository, which the API takes as well.</summary>
    public required string Repository { get; init; }

    public required string Name { get; init; }

    /// <summary>The full name that its publisher gave it.</summary>
    public required string FullName { get; init; }

    /// <summary>The number of parameters, such as <c>24B</c>; null where it is not published.</summary>
    public string? Parameters { get; init; }

    public required string Licence { get; init; }

    public string? Specialty { get; init; }

    public IReadOnlyList<string> UseCases { get; init; } = [];

    /// <summary>Its uses, each as one word: code, reasoning, writing, everyday, research or embedding.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>A caution to read before the download; null where there is none.</summary>
    public string? Note { get; init; }

    /// <summary>The figures that its vendor published; null where there are none.</summary>
    public VendorFigures? Vendor { get; init; }

    public required CatalogShape Shape { get; init; }

    /// <summary>The available files, from the smallest to the largest.</summary>
    public required IReadOnlyList<CatalogVariant> Variants { get; init; }

    /// <summary>The file of this quantization, compared without case; null where there is none.</summary>
    public CatalogVariant? Variant(string quantization) =>
        Variants.FirstOrDefault(variant => variant.Quantization.Equals(quantization, StringComparison.OrdinalIgnoreCase));
}
