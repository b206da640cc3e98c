using Republic.Core.Llama.Gguf;

namespace Republic.Core.Llama.Memory;

/// <summary>What of a model decides how much memory it takes.</summary>
internal sealed record ModelShape
{
    /// <summary>On shorter heads, flash attention was measured to make an answer's tokens take twice the time.</summary>
    private const int ShortestForFlashAttention = 64;

    public required string Architecture { get; init; }

    /// <summary>False where its layers may keep something that is not counted here.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Tokens that it was trained to read at a time.</summary>
    public required int ContextLength { get; init; }

    /// <summary>Numbers of one token between the layers.</summary>
    public required int EmbeddingLength { get; init; }

    public required IReadOnlyList<LayerShape> Layers { get; init; }

    /// <summary>Tokens that it tells apart.</summary>
    public long Vocabulary { get; init; }

    /// <summary>The widest feed-forward part of a layer; of a mixture of experts, that of those that work on one token together.</summary>
    public long FeedForwardLength { get; init; }

    /// <summary>The most attention heads of a layer.</summary>
    public int Heads { get; init; }

    /// <summary>The embedding divided among the attention heads, by which the model host chooses flash attention.</summary>
    public int HeadLength { get; init; }

    /// <summary>False where llama.cpp never uses flash attention for it.</summary>
    public bool AllowsFlashAttention { get; init; } = true;

    /// <summary>The tables of embeddings, which stay in the machine's memory.</summary>
    public long InputBytes { get; init; }

    /// <summary>All that is neither a layer nor an embedding.</summary>
    public long OutputBytes { get; init; }

    /// <summary>The table of embeddings where it is the output projection too, and so is copied to the device that computes that; else 0.</summary>
    public long TiedBytes { get; init; }

    public long WeightBytes => InputBytes + OutputBytes + Layers.Sum(layer => layer.WeightBytes);

    /// <exception cref="GgufException">The header is of no model that can be loaded; the message says why.</exception>
    public static ModelShape Of(GgufFile header) => new ModelShapeReader(header, GgufCheck.Check(header)).Read();

    /// <summary>Whether the model host computes with flash attention where attention heads work on so many numbers each.</summary>
    public static bool IsLongEnoughForFlashAttention(int headLength) => headLength >= ShortestForFlashAttention;
}
