namespace Republic.Core.PersonalModels;

/// <summary>A request to download a model: one of the catalogue, or the file at a URL.</summary>
public sealed record ModelOrder
{
    /// <summary>The id of a model of the catalogue.</summary>
    public string? ModelId { get; init; }

    /// <summary>A quantization that the catalogue has of the model; null for Q4_K_M, or the smallest where there is none.</summary>
    public string? Variant { get; init; }

    /// <summary>The URL of a GGUF file, or of one part of a model in several files.</summary>
    public string? Url { get; init; }

    /// <summary>The URL where the download continues when the first one fails.</summary>
    public string? SecondUrl { get; init; }

    /// <summary>The name by which minions use the model; null for one made from its id or file name.</summary>
    public string? CustomName { get; init; }

    /// <summary>The SHA-256 that the file must have, 64 hexadecimal digits; null to accept any.</summary>
    public string? Sha256 { get; init; }

    /// <summary>True to download and load the model even where it does not fit into memory.</summary>
    public bool? LoadAnyway { get; init; }
}
