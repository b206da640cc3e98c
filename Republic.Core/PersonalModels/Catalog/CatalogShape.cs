using Republic.Core.Llama.Memory;

namespace Republic.Core.PersonalModels.Catalog;

/// <summary>The architecture of a model by the catalogue, enough to estimate its memory until its header is read.</summary>
public sealed record CatalogShape
{
    private const int UsualFeedForward = 4;

    /// <summary>The name of the architecture as headers spell it.</summary>
    public required string Architecture { get; init; }

    public required int ContextLength { get; init; }

    public required int Layers { get; init; }

    public required int Heads { get; init; }

    /// <summary>The number of key-value heads.</summary>
    public required int HeadsOfKeys { get; init; }

    public required int HeadLength { get; init; }

    /// <summary>The number of tokens in its vocabulary.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>
    /// The shape of a file of this size, assuming that the file is weights alone, that all layers are alike, and that attention has no
    /// window, of which the catalogue knows nothing. Unknown widths, which matter little, get usual values.
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
