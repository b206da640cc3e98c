using Republic.Core.Llama.Gguf;
using Republic.Core.Lora.Checks;

namespace Republic.Core.Lora.Architecture;

/// <summary>
/// Reads a model's shape and refuses what the trainer would compute otherwise than llama.cpp: a wrong graph trains too,
/// only towards nonsense. So every key and tensor must be one whose meaning is known here.
/// </summary>
internal sealed class ArchitectureReader
{
    private const string Advice =
        "Take a model of the kinds llama (Llama 2 and 3, Mistral, SmolLM2, TinyLlama), qwen2, qwen3, smollm3, gemma or gemma3.";

    private static readonly string[] KnownKeys =
    [
        "context_length",
        "embedding_length",
        "block_count",
        "feed_forward_length",
        "vocab_size",
        "attention.head_count",
        "attention.head_count_kv",
        "attention.key_length",
        "attention.value_length",
        "attention.layer_norm_rms_epsilon",
        "attention.layer_norm_epsilon",
        "rope.dimension_count",
        "rope.freq_base",
        "rope.scaling.type",
        "rope.scaling.factor",
        "rope.scaling.original_context_length",
        "rope.scaling.finetuned",
        "rope.scale_linear",
        "tensor_data_layout",
    ];

    /// <summary>Known where only some layers have a window.</summary>
    private static readonly string[] WindowKeys = ["attention.sliding_window", "attention.sliding_window_pattern", "rope.freq_base_swa"];

    private const int LayersOfAnotherScale = 62;

    private readonly GgufFile file;
    private readonly string name;
    private readonly DecoderTraits traits;

    public ArchitectureReader(GgufFile file)
    {
        this.file = file;
        name = file.Text("general.architecture") ?? "";
        traits =
            DecoderTraits.Known.GetValueOrDefault(name)
            ?? throw new LoraException($"Models of the architecture \"{name}\" cannot be trained here. {Advice}");
    }

    public DecoderArchitecture Read()
    {
        RequireKnownKeys();
        var width = Number("embedding_length");
        var heads = Number("attention.head_count");
        var headLength = (int)(file.Number($"{name}.attention.key_length") ?? width / heads);
        var valueLength = (int)(file.Number($"{name}.attention.value_length") ?? width / heads);
        Require(headLength == valueLength, $"its keys have {headLength} numbers and its values {valueLength}");
        var rotated = (int)(file.Number($"{name}.rope.dimension_count") ?? headLength);
        Require(rotated is > 0 && rotated % 2 == 0 && rotated <= headLength, $"{rotated} of {headLength} dimensions are rotated");
        var epsilon = Fraction("attention.layer_norm_rms_epsilon");
        Require(epsilon is not null, $"the key {name}.attention.layer_norm_rms_epsilon is missing");
        var embedding = file.Tensors.FirstOrDefault(tensor => tensor.Name == "token_embd.weight");
        Require(embedding is { Shape.Count: 2 }, "the tensor token_embd.weight is missing");
        var architecture = new DecoderArchitecture(
            name,
            Layers: Number("block_count"),
            Width: width,
            Heads: heads,
            HeadsOfKeys: (int)(file.Number($"{name}.attention.head_count_kv") ?? heads),
            HeadLength: headLength,
            FeedForward: Number("feed_forward_length"),
            Vocabulary: (int)embedding!.Shape[1],
            ContextLength: Number("context_length"),
            Epsilon: epsilon!.Value,
            Rope: new(rotated, traits.NeoX, Fraction("rope.freq_base") ?? RotaryShape.UsualBase, RopeScale())
            {
                WindowBase = Fraction("rope.freq_base_swa") ?? RotaryShape.UsualBase,
            },
            Traits: traits
        )
        {
            Window = Window(),
        };
        TensorCheck.Check(file, architecture);
        return architecture;
    }

    /// <summary>A key that says nothing (0, false, none) is no reason to refuse, whatever its name.</summary>
    private void RequireKnownKeys()
    {
        foreach (var (key, value) in file.Values.Where(pair => pair.Key.StartsWith(name + ".", StringComparison.Ordinal)))
        {
            var silent = value is 0L or 0.0 or false or "" or "none";
            var isKnown =
                KnownKeys.Contains(key[(name.Length + 1)..]) || (traits.WindowSkips > 0 && WindowKeys.Contains(key[(name.Length + 1)..]));
            Require(silent || isKnown, $"the meaning of {key} = {value} is not known");
            Require(value is not GgufArray, $"{key} differs from layer to layer");
        }
    }

    /// <summary>llama.cpp computes with windows of any size from 1 on.</summary>
    private int Window()
    {
        if (traits.WindowSkips == 0)
        {
            return 0;
        }

        // The largest Gemma 3 divides its scores by the root of width / heads instead.
        Require(
            Number("block_count") != LayersOfAnotherScale,
            $"models of {name} with {LayersOfAnotherScale} layers scale their attention otherwise"
        );
        var pattern = file.Number($"{name}.attention.sliding_window_pattern") ?? traits.WindowSkips;
        Require(pattern == traits.WindowSkips, $"windows in all but every {pattern}th layer are not known");
        return Number("attention.sliding_window");
    }

    private float RopeScale()
    {
        var type = file.Text($"{name}.rope.scaling.type") ?? "linear";
        Require(type is "none" or "linear", $"rotations of the scaling type \"{type}\" are not known");
        var factor = Fraction("rope.scaling.factor") ?? Fraction("rope.scale_linear") ?? 0;
        return type == "none" || factor == 0 ? 1 : 1 / factor;
    }

    private int Number(string key) =>
        file.Number($"{name}.{key}") is > 0 and <= int.MaxValue and var number
            ? (int)number
            : throw new LoraException($"This model cannot be trained here: the key {name}.{key} is missing. {Advice}");

    private float? Fraction(string key) => file.Values.GetValueOrDefault($"{name}.{key}") is double number ? (float)number : null;

    private static void Require(bool fact, string otherwise)
    {
        if (!fact)
        {
            throw new LoraException($"This model cannot be trained here: {otherwise}. {Advice}");
        }
    }
}
