namespace Republic.Core.PersonalModels;

/// <summary>Which model a person wants: one of the catalogue, or the file at an address.</summary>
public sealed record ModelOrder
{
    /// <summary>As the catalogue calls it.</summary>
    public string? ModelId { get; init; }

    /// <summary>A quantization that the catalogue has of it; without, the one that it recommends.</summary>
    public string? Variant { get; init; }

    /// <summary>Of a GGUF file, or of the first of several parts of one.</summary>
    public string? Url { get; init; }

    /// <summary>Where to go on when the first address does not.</summary>
    public string? SecondUrl { get; init; }

    /// <summary>What minions are to name it by; without, its file's name.</summary>
    public string? CustomName { get; init; }

    /// <summary>What the file's digest has to be.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Also where it may not fit into memory.</summary>
    public bool? LoadAnyway { get; init; }
}
