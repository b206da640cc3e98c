using Republic.Core.Lora.Adapters;

namespace Republic.Core.Lora.Architecture;

/// <summary>In what the known architectures differ.</summary>
/// <param name="NeoX">See <see cref="RotaryShape"/>.</param>
internal sealed record DecoderTraits(bool NeoX)
{
    /// <summary>By <c>general.architecture</c>. Mistral calls itself llama. Each stands here because the parity tests cover it.</summary>
    public static readonly IReadOnlyDictionary<string, DecoderTraits> Known = new Dictionary<string, DecoderTraits>(StringComparer.Ordinal)
    {
        ["llama"] = new(NeoX: false) { PossibleBiases = LoraShape.Modules },
        ["qwen2"] = new(NeoX: true) { NeededBiases = ["q", "k", "v"] },
        ["qwen3"] = new(NeoX: true) { HeadNorms = true },
        ["smollm3"] = new(NeoX: false) { RotationSkips = 4 },
        ["gemma"] = new(NeoX: true)
        {
            ScalesEmbeddings = true,
            ScalesQueries = true,
            UsesGelu = true,
        },
        ["gemma3"] = new(NeoX: true)
        {
            ScalesEmbeddings = true,
            ScalesQueries = true,
            UsesGelu = true,
            HeadNorms = true,
            BranchNorms = true,
            WindowSkips = 6,
        },
    };

    /// <summary>The modules that always add a bias.</summary>
    public IReadOnlyList<string> NeededBiases { get; init; } = [];

    /// <summary>The modules that add a bias where the file has one.</summary>
    public IReadOnlyList<string> PossibleBiases { get; init; } = [];

    /// <summary>Queries and keys are normalised per head before they are rotated.</summary>
    public bool HeadNorms { get; init; }

    /// <summary>Every so manieth layer knows no positions; 0 for none.</summary>
    public int RotationSkips { get; init; }

    /// <summary>Embeddings are multiplied by the root of the width.</summary>
    public bool ScalesEmbeddings { get; init; }

    /// <summary>The queries are multiplied by the attention's scale, not the scores.</summary>
    public bool ScalesQueries { get; init; }

    /// <summary>The gate goes through GELU, not SiLU.</summary>
    public bool UsesGelu { get; init; }

    /// <summary>What attention and feed-forward give is normalised before it is added to the residual stream.</summary>
    public bool BranchNorms { get; init; }

    /// <summary>
    /// Every so manieth layer sees all tokens before its own; the others a window of them, and they rotate by a base of their
    /// own (Gemma 3, arXiv 2503.19786, section 2). 0 where all layers see all.
    /// </summary>
    public int WindowSkips { get; init; }
}
