using System.Globalization;
using Republic.Core.Llama.Gguf;

namespace Republic.Core.Llama.Memory;

/// <summary>
/// Reads a model's shape from its header as llama.cpp v0.5.0 does when it loads it (llama_model_base::load_hparams, and
/// llama_hparams for what a layer stores).
/// </summary>
internal sealed class ModelShapeReader
{
    private const long MostHeads = 4096;
    private const long LongestHead = 8192;
    private const long MostFeedForward = 1 << 20;
    private const long LongestWindow = uint.MaxValue;
    private const long LongestPeriod = ushort.MaxValue;
    private const int BytesPerStateNumber = 4;
    private readonly GgufFile header;
    private readonly GgufModelFacts facts;
    private readonly ArchitectureTraits? traits;
    private readonly ShapeKeys keys;
    private readonly IReadOnlyList<long> heads;
    private readonly IReadOnlyList<long> headsOfKeys;
    private readonly IReadOnlyList<long> feedForward;

    /// <param name="facts">What the check of this header gave.</param>
    public ModelShapeReader(GgufFile header, GgufModelFacts facts)
    {
        this.header = header;
        this.facts = facts;
        traits = ArchitectureTraits.Find(facts.Architecture);
        keys = new ShapeKeys(header, facts.Architecture, facts.Layers);
        heads = keys.PerLayer("attention.head_count", MostHeads);
        headsOfKeys = keys.PerLayer("attention.head_count_kv", MostHeads, heads);
        feedForward = keys.PerLayer("feed_forward_length", MostFeedForward);
    }

    public ModelShape Read()
    {
        var inputs = header.Tensors.Where(IsInput).ToList();
        var layers = Layers();
        var all = header.Tensors.Sum(tensor => tensor.Bytes);
        var inputBytes = inputs.Sum(tensor => tensor.Bytes);
        var isTied = header.Tensors.All(tensor => tensor.Name != "output.weight");
        return new ModelShape
        {
            Architecture = facts.Architecture,
            IsKnown = traits is not null,
            ContextLength = facts.ContextLength,
            EmbeddingLength = facts.EmbeddingLength,
            Layers = layers,
            Vocabulary = (header.Values.GetValueOrDefault("tokenizer.ggml.tokens") as GgufArray)?.Count ?? 0,
            FeedForwardLength = FeedForwardLength(),
            Heads = (int)heads.Max(),
            HeadLength = facts.EmbeddingLength / (int)Math.Max(heads[0], 1),
            AllowsFlashAttention = traits?.FlashAttention ?? true,
            InputBytes = inputBytes,
            OutputBytes = all - inputBytes - layers.Sum(layer => layer.WeightBytes),
            TiedBytes = isTied ? inputs.Where(tensor => tensor.Name == "token_embd.weight").Sum(tensor => tensor.Bytes) : 0,
        };
    }

    private static bool IsInput(GgufTensor tensor) =>
        tensor.Name.StartsWith("token_embd.", StringComparison.Ordinal)
        || tensor.Name.StartsWith("per_layer_token_embd.", StringComparison.Ordinal)
        || tensor.Name.StartsWith("position_embd.", StringComparison.Ordinal)
        || tensor.Name.StartsWith("token_types.", StringComparison.Ordinal);

    private List<LayerShape> Layers()
    {
        var weights = header
            .Tensors.GroupBy(tensor => LayerOf(tensor.Name))
            .ToDictionary(group => group.Key, group => group.Sum(tensor => tensor.Bytes));
        var stateBytes = StateNumbers() * BytesPerStateNumber;
        return
        [
            .. Enumerable
                .Range(0, facts.Layers)
                .Select(layer =>
                    Attention(layer) with
                    {
                        StateBytes = IsRecurrent(layer) ? stateBytes : 0,
                        WeightBytes = weights.GetValueOrDefault(layer),
                    }
                ),
        ];
    }

    /// <summary>-1 for a tensor that belongs to no layer.</summary>
    private static int LayerOf(string tensor) =>
        tensor.Split('.') is ["blk", var number, ..] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var layer)
            ? layer
            : -1;

    private LayerShape Attention(int layer)
    {
        if (!HasCache(layer))
        {
            return new LayerShape(0, 0, 0);
        }

        var window = Window(layer);
        var perHead = facts.EmbeddingLength / Math.Max(heads[0], 1);
        var keyLength = keys.Number("attention.key_length", LongestHead, perHead);
        var valueLength = keys.Number("attention.value_length", LongestHead, perHead);
        if (window > 0)
        {
            keyLength = keys.Number("attention.key_length_swa", LongestHead, keyLength);
            valueLength = keys.Number("attention.value_length_swa", LongestHead, valueLength);
        }

        var isLatent =
            keys.Number("attention.key_length_mla", LongestHead) > 0 && keys.Number("attention.value_length_mla", LongestHead) > 0;
        return new LayerShape((int)headsOfKeys[layer], (int)keyLength, isLatent ? 0 : (int)valueLength) { Window = window };
    }

    /// <summary>Whether a layer has keys and values of its own: not where it reuses those of an earlier one, or only predicts further tokens.</summary>
    private bool HasCache(int layer)
    {
        var shared = keys.Number("attention.shared_kv_layers", facts.Layers);
        var cached = traits?.CachedLayers ?? facts.Layers - shared;
        var recursInstead = IsRecurrent(layer) && traits?.Recurrent != RecurrentLayers.BesideAttention;
        return layer < cached && !recursInstead && (IsInTrunk(layer) || traits?.Recurrent == RecurrentLayers.WithoutKeysAndFeedForward);
    }

    private bool IsInTrunk(int layer)
    {
        var trunk = facts.Layers - keys.Number("nextn_predict_layers", facts.Layers);
        return trunk == 0 || layer < trunk;
    }

    /// <summary>Tokens that a layer attends to; 0 for all.</summary>
    private long Window(int layer)
    {
        if (traits?.Window is not { } pattern)
        {
            return 0;
        }

        const string key = "attention.sliding_window";
        var length = pattern.Length(keys.Has(key) ? keys.Number(key, LongestWindow) : null, facts.Layers);
        const string listed = "attention.sliding_window_pattern";
        var covered = keys.Marks(listed, layer) ?? pattern.Covers(layer, keys.Number(listed, LongestPeriod, pattern.Period));
        return covered && IsInTrunk(layer) ? length : 0;
    }

    private bool IsRecurrent(int layer) =>
        traits?.Recurrent switch
        {
            RecurrentLayers.All or RecurrentLayers.BesideAttention => true,
            RecurrentLayers.WithoutKeys => headsOfKeys[layer] == 0,
            RecurrentLayers.WithoutKeysAndFeedForward => headsOfKeys[layer] == 0 && feedForward[layer] == 0,
            RecurrentLayers.ByInterval => keys.Marks("attention.recurrent_layers", layer) ?? (layer + 1) % Interval() != 0,
            _ => false,
        } && IsInTrunk(layer);

    private long Interval()
    {
        var interval = keys.Number("full_attention_interval", LongestPeriod, traits!.Interval);
        return interval > 0 ? interval : throw new GgufException($"{facts.Architecture}.full_attention_interval is 0.");
    }

    /// <summary>The numbers of a recurrent layer's state, of one sequence: what it convolves over, and what it carries on.</summary>
    private long StateNumbers()
    {
        var width = facts.EmbeddingLength;
        var kernel = keys.Number("ssm.conv_kernel", 1 << 10);
        if (keys.Number("wkv.head_size", 1 << 12) is > 0 and var headSize)
        {
            return (keys.Number("token_shift_count", 16, 2) * width) + (width * headSize);
        }

        if (keys.Number("shortconv.l_cache", 1 << 10) is > 0 and var length)
        {
            return width * (length - 1);
        }

        if (keys.Number("kda.head_dim", LongestHead) is > 0 and var head)
        {
            return heads[0] * head * ((3 * (kernel > 0 ? kernel - 1 : 3)) + head);
        }

        var inner = keys.Number("ssm.inner_size", 1 << 20);
        var state = keys.Number("ssm.state_size", 1 << 14);
        var groups = keys.Number("ssm.group_count", 1 << 12);
        return (Math.Max(kernel - 1, 0) * (inner + (2 * groups * state))) + (state * inner);
    }

    private long FeedForwardLength()
    {
        var dense = feedForward.Max();
        var ofExpert = keys.PerLayer("expert_feed_forward_length", MostFeedForward).Max();
        return Math.Max(dense, keys.Number("expert_used_count", 1024) * (ofExpert > 0 ? ofExpert : dense));
    }
}
