namespace Republic.Core.Llama.Memory;

/// <summary>What a context is asked to be.</summary>
/// <param name="Length">Tokens per sequence; a model that was trained on fewer gets fewer.</param>
/// <param name="Sequences">How many sequences are decoded together.</param>
internal sealed record ContextSettings(int Length, int Sequences = 1)
{
    public CacheType Keys { get; init; } = CacheType.F16;

    public CacheType Values { get; init; } = CacheType.F16;

    /// <summary>Null where the model decides, as in the model host.</summary>
    public bool? FlashAttention { get; init; }

    /// <summary>What the adapters in memory take.</summary>
    public long AdapterBytes { get; init; }
}
