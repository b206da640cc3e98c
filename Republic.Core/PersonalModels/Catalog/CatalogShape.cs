using Republic.Core.Llama.Memory;

namespace Republic.Core.PersonalModels.Catalog;

/// <summary>What the catalogue says of a model's architecture: enough to estimate memory until a header was read.</summary>
public sealed record CatalogShape
{
    private const int UsualFeedForward = 4;

    /// <summary>As headers spell it.</summary>
    public required string Architecture { get; init; }

    public required int ContextLength { get; init; }

    public required int Layers { get; init; }

    public required int Heads { get; init; }

    /// <summary>Heads that have keys and values of their own.</summary>
    public required int HeadsOfKeys { get; init; }

    public required int HeadLength { get; init; }

    /// <summary>Tokens that it tells apart.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>
    /// As if the file were weights alone, all layers alike, and attention without windows, of which the catalogue knows nothing. Widths that
    /// it does not know either, and that little depends on, are the usual ones.
    /// </summary>
    internal ModelShape With(long fileBytes)
    {
        var traits = ArchitectureTraits.Find(Architecture);
        var caching = traits?.CachedLayers ?? Layers;
        var bytes = fileBytes / Layers;
        return new ModelShape
        {
            Architecture = Architecture,
            IsKnown = traits is not null,
            ContextLength = ContextLength,
            EmbeddingLength = Heads * HeadLength,
            FeedForwardLength = UsualFeedForward * Heads * HeadLength,
            Layers = [.. Enumerable.Range(0, Layers).Select(layer => Layer(layer < caching) with { WeightBytes = bytes })],
            OutputBytes = fileBytes - (bytes * Layers),
            Vocabulary = Vocabulary,
            Heads = Heads,
            HeadLength = HeadLength,
            AllowsFlashAttention = traits?.FlashAttention ?? true,
        };
    }

    private LayerShape Layer(bool isCaching) => isCaching ? new(HeadsOfKeys, HeadLength, HeadLength) : new(0, 0, 0);
}
