namespace Republic.Core.PersonalModels.Catalog;

/// <summary>A model of the catalogue, with the files it can be had as.</summary>
public sealed record CatalogModel
{
    /// <summary>By which the API takes it.</summary>
    public required string ModelId { get; init; }

    /// <summary>The name of its makers' repository, which is taken as well.</summary>
    public required string Repository { get; init; }

    public required string Name { get; init; }

    /// <summary>As its makers call it.</summary>
    public required string FullName { get; init; }

    /// <summary>E.g. <c>24B</c>; null where nobody says.</summary>
    public string? Parameters { get; init; }

    public required string Licence { get; init; }

    public string? Specialty { get; init; }

    public IReadOnlyList<string> UseCases { get; init; } = [];

    /// <summary>What it is for, in one word each: code, reasoning, writing, everyday, research or embedding.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>What is to be known before it is taken.</summary>
    public string? Note { get; init; }

    /// <summary>Null where no vendor gave any.</summary>
    public VendorFigures? Vendor { get; init; }

    public required CatalogShape Shape { get; init; }

    /// <summary>From the smallest file to the largest.</summary>
    public required IReadOnlyList<CatalogVariant> Variants { get; init; }

    /// <param name="quantization">In letters of either case.</param>
    public CatalogVariant? Variant(string quantization) =>
        Variants.FirstOrDefault(variant => variant.Quantization.Equals(quantization, StringComparison.OrdinalIgnoreCase));
}
