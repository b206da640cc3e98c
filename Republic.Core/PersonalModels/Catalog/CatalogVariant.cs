namespace Republic.Core.PersonalModels.Catalog;

/// <summary>One file of a model, from public sources that nobody checked here: the header at the source decides.</summary>
public sealed record CatalogVariant
{
    /// <summary>E.g. <c>Q4_K_M</c>.</summary>
    public required string Quantization { get; init; }

    public required string File { get; init; }

    public required Uri Url { get; init; }

    public required long Bytes { get; init; }

    /// <summary>The address or the size is what it is thought to be; no source gave it.</summary>
    public bool Approximate { get; init; }

    /// <summary>64 lower-case hexadecimal digits; null where no source gave it.</summary>
    public string? Sha256 { get; init; }
}
