namespace Republic.Core.Lora;

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
    };

    /// <summary>The modules that always add a bias.</summary>
    public IReadOnlyList<string> NeededBiases { get; init; } = [];

    /// <summary>The modules that add a bias where the file has one.</summary>
    public IReadOnlyList<string> PossibleBiases { get; init; } = [];

    /// <summary>Queries and keys are normalised per head before they are rotated.</summary>
    public bool HeadNorms { get; init; }

    /// <summary>Every so manieth layer knows no positions; 0 for none.</summary>
    public int RotationSkips { get; init; }
}
