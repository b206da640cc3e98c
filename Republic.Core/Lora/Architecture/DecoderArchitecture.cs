using Republic.Core.Llama.Gguf;
using Republic.Core.Lora.Adapters;

namespace Republic.Core.Lora.Architecture;

/// <summary>
/// The shape of a decoder that the trainer knows how to compute and to differentiate. The names and numbers are those of
/// llama.cpp's src/llama-arch.cpp and src/llama-hparams.h.
/// </summary>
/// <param name="Name">As in <c>general.architecture</c>.</param>
/// <param name="HeadsOfKeys">Heads that have keys and values of their own; groups of the others share them.</param>
/// <param name="HeadLength">Numbers per head: usually <paramref name="Width"/> / <paramref name="Heads"/>.</param>
/// <param name="Epsilon">Of the RMS norms.</param>
internal sealed record DecoderArchitecture(
    string Name,
    int Layers,
    int Width,
    int Heads,
    int HeadsOfKeys,
    int HeadLength,
    int FeedForward,
    int Vocabulary,
    int ContextLength,
    float Epsilon,
    RotaryShape Rope,
    DecoderTraits Traits
)
{
    /// <summary>How many heads share one head of keys.</summary>
    public int GroupSize => Heads / HeadsOfKeys;

    public int QueryWidth => HeadLength * Heads;

    public int KeyWidth => HeadLength * HeadsOfKeys;

    public float AttentionScale => 1 / MathF.Sqrt(HeadLength);

    /// <summary>How many tokens a layer with a window sees, its own included; 0 where none has one.</summary>
    public int Window { get; init; }

    /// <summary>What the embeddings are multiplied by.</summary>
    public float EmbeddingScale => Traits.ScalesEmbeddings ? MathF.Sqrt(Width) : 1;

    /// <summary>The weight that a module of <see cref="LoraShape.Modules"/> stands for, in a layer.</summary>
    public static string TensorOf(string module, int layer) =>
        $"blk.{layer}."
        + module switch
        {
            "q" => "attn_q",
            "k" => "attn_k",
            "v" => "attn_v",
            "o" => "attn_output",
            "gate" => "ffn_gate",
            "up" => "ffn_up",
            "down" => "ffn_down",
            _ => throw new LoraException(
                $"The target module \"{module}\" is not known; choose from {string.Join(", ", LoraShape.Modules)}."
            ),
        }
        + ".weight";

    public static string BiasOf(string weight) => Path.ChangeExtension(weight, "bias");

    /// <summary>A layer's rotations; null where it knows no positions, as every fourth of SmolLM3.</summary>
    public RotaryShape? RopeOf(int layer) =>
        Traits.RotationSkips > 0 && (layer + 1) % Traits.RotationSkips == 0 ? null
        : WindowOf(layer) > 0 ? Rope with { Base = Rope.WindowBase, Scale = 1 }
        : Rope;

    /// <summary>How many tokens a layer sees, its own included; 0 for all.</summary>
    public int WindowOf(int layer) => Traits.WindowSkips > 0 && (layer + 1) % Traits.WindowSkips != 0 ? Window : 0;

    /// <exception cref="LoraException">The model is of a kind that the trainer does not know; the message names what is unknown.</exception>
    public static DecoderArchitecture From(GgufFile file) => new ArchitectureReader(file).Read();
}
