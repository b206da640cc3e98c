namespace Republic.Core.Llama.Memory;

/// <summary>What one layer of a model keeps in memory.</summary>
/// <param name="HeadsOfKeys">Heads with keys and values of their own; 0 where it caches none.</param>
/// <param name="KeyLength">Numbers of a key, per head.</param>
/// <param name="ValueLength">Numbers of a value, per head; 0 where values are computed from the keys (multi-head latent attention).</param>
internal sealed record LayerShape(int HeadsOfKeys, int KeyLength, int ValueLength)
{
    /// <summary>Tokens it attends to; 0 for all.</summary>
    public long Window { get; init; }

    /// <summary>What its recurrent state takes for each sequence, however long that is.</summary>
    public long StateBytes { get; init; }

    public long WeightBytes { get; init; }

    /// <summary>The numbers of the values of one token, of all heads.</summary>
    public long ValueWidth => (long)HeadsOfKeys * ValueLength;

    /// <summary>What the keys and values of one token take.</summary>
    public long CellBytes(CacheType keys, CacheType values) => CellBytes(keys, values, ValueWidth);

    /// <param name="valueWidth">Numbers stored for its values, where more are than it has.</param>
    public long CellBytes(CacheType keys, CacheType values, long valueWidth) =>
        HeadsOfKeys == 0 ? 0 : keys.Bytes((long)HeadsOfKeys * KeyLength) + values.Bytes(ValueLength == 0 ? 0 : valueWidth);
}
