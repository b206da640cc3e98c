namespace Republic.Core.Llama.Memory;

/// <summary>
/// What a model and one context of it take in memory, in bytes, by the rules of llama.cpp v0.5.0 (llama_kv_cache,
/// llama_kv_cache_iswa, llama_memory_recurrent); what it computes in is estimated. Sums that no long can hold end at its maximum.
/// </summary>
internal sealed record ContextPlan(ModelShape Shape, ContextSettings Settings)
{
    /// <summary>The most tokens of all sequences that one step computes.</summary>
    public const int Batch = 512;

    /// <summary>llama.cpp makes caches in multiples of so many cells, each of which holds one token.</summary>
    public const int CellsAtATime = 256;

    private const int BytesOfFloat = 4;

    /// <summary>The library, its buffers and the process around them.</summary>
    private const long RuntimeBytes = 64L << 20;

    /// <summary>
    /// What llama.cpp was measured to keep for each token that a model tells apart, with the pair that makes it. SentencePiece's have no
    /// pairs, and take half.
    /// </summary>
    private const int BytesOfToken = 300;

    /// <summary>What it took in memory when it was loaded; null where it never was, and for what was planned anew from this.</summary>
    public long? MeasuredBytes { get; init; }

    /// <summary>Tokens per sequence.</summary>
    public int ContextLength => Math.Min(Settings.Length, Shape.ContextLength);

    /// <summary>Cells per sequence of layers that attend to all tokens.</summary>
    public long Cells => Padded(ContextLength);

    public bool UsesFlashAttention =>
        Shape.AllowsFlashAttention
        && (Settings.FlashAttention ?? (ModelShape.IsLongEnoughForFlashAttention(Shape.HeadLength) || Settings.Values.IsQuantized));

    /// <summary>Of the header's tensors.</summary>
    public long WeightBytes => Shape.WeightBytes;

    /// <summary>Keys and values of all sequences.</summary>
    public long CacheBytes => Capped(Sum(CacheOf));

    /// <summary>States of recurrent layers, of all sequences.</summary>
    public long StateBytes => Capped(Sum(StateOf));

    /// <summary>
    /// What one device computes a step in: what goes from layer to layer, the three results of a feed-forward part, attention, and the
    /// logits of one token of each sequence, which are all that the model host asks for.
    /// </summary>
    public long ComputeBytes =>
        Capped(
            (TokensAtATime * BytesOfFloat * ((4 * (Int128)Shape.EmbeddingLength) + (3 * (Int128)Shape.FeedForwardLength)))
                + (BytesOfFloat * (Int128)Settings.Sequences * Shape.Vocabulary)
                + Attention
        );

    /// <summary>The texts of tokens, and what they are looked up by.</summary>
    public long VocabularyBytes => Capped((Int128)BytesOfToken * Shape.Vocabulary);

    /// <summary>With flash attention the mask alone, at 16 bits; without it the product of keys and queries, of all heads.</summary>
    public long AttentionBytes => Capped(Attention);

    /// <summary>All of it, with the model in the machine's memory alone.</summary>
    public long NeedBytes =>
        MeasuredBytes
        ?? Capped((Int128)WeightBytes + CacheBytes + StateBytes + ComputeBytes + VocabularyBytes + Settings.AdapterBytes + RuntimeBytes);

    private Int128 TokensAtATime => Int128.Min(Batch, (Int128)Cells * Settings.Sequences);

    private Int128 Attention =>
        Shape.Layers.All(layer => layer.HeadsOfKeys == 0) ? 0
        : UsesFlashAttention ? 2 * TokensAtATime * Cells
        : BytesOfFloat * TokensAtATime * Cells * Shape.Heads;

    /// <summary>What a layer takes wherever it is computed: weights, keys, values and state.</summary>
    public long LayerBytes(LayerShape layer) => Capped(layer.WeightBytes + CacheOf(layer) + StateOf(layer));

    /// <summary>The same with the longest of shorter contexts, in whole multiples of 256 tokens, that passes; null where none does.</summary>
    /// <param name="passes">With no context that is longer than one with which it does not.</param>
    public ContextPlan? Shorter(Func<ContextPlan, bool> passes)
    {
        var (from, to, found) = (1, (ContextLength - 1) / CellsAtATime, (ContextPlan?)null);
        while (from <= to)
        {
            var middle = from + ((to - from) / 2);
            var plan = this with { Settings = Settings with { Length = middle * CellsAtATime }, MeasuredBytes = null };
            (from, to, found) = passes(plan) ? (middle + 1, to, plan) : (from, middle - 1, found);
        }

        return found;
    }

    private static long Padded(long cells) => (cells + CellsAtATime - 1) / CellsAtATime * CellsAtATime;

    private static long Capped(Int128 bytes) => long.CreateSaturating(bytes);

    /// <summary>A window's cache has room for a step's tokens beside those that the next one attends to.</summary>
    private long CellsOf(LayerShape layer) => layer.Window == 0 ? Cells : Padded(Math.Min(Cells, layer.Window + (long)TokensAtATime));

    private Int128 CacheOf(LayerShape layer)
    {
        // Values that lie transposed, as they do without flash attention, have the width of the widest in every layer.
        var width = UsesFlashAttention ? layer.ValueWidth : Shape.Layers.Max(other => other.ValueWidth);
        return (Int128)Settings.Sequences * CellsOf(layer) * layer.CellBytes(Settings.Keys, Settings.Values, width);
    }

    private Int128 StateOf(LayerShape layer) => (Int128)Settings.Sequences * layer.StateBytes;

    private Int128 Sum(Func<LayerShape, Int128> of) => Shape.Layers.Aggregate((Int128)0, (sum, layer) => sum + of(layer));
}
