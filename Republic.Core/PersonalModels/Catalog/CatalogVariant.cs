namespace Republic.Core.PersonalModels.Catalog;

/// <summary>One file of a model. Its data comes from public sources and was not checked here; the header at the source decides.</summary>
public sealed record CatalogVariant
{
    /// <summary>The quantization, such as <c>Q4_K_M</c>.</summary>
    public required string Quantization { get; init; }

    public required string File { get; init; }

    public required Uri Url { get; init; }

    public required long Bytes { get; init; }

    /// <summary>True where the URL or the size is assumed, because no source states it.</summary>
    public bool Approximate { get; init; }

    /// <summary>The SHA-256 of the file, 64 lower-case hexadecimal digits; null where no source states it.</summary>
    public string? Sha256 { get; init; }
}
