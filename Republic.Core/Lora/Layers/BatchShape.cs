namespace Republic.Core.Lora.Layers;

/// <summary>What all layers need to know of a batch.</summary>
/// <param name="DropoutSeed">Null where nothing is left out.</param>
/// <param name="AsReference">
/// Whether sums are to be rounded exactly as llama.cpp rounds them, which is slower: for <see cref="ParityCheck"/>.
/// </param>
internal sealed record BatchShape(int Length, int Sequences, long? DropoutSeed, bool AsReference = false)
{
    public int Tokens => Length * Sequences;

    public int[] Positions { get; } = [.. Enumerable.Range(0, Length)];

    /// <summary>[keys, queries]: 0 for the tokens up to the query's own, −∞ for later ones.</summary>
    public float[] CausalMask { get; } = AttentionMask.Causal(Length);

    /// <summary>The same, but tokens that lie <paramref name="window"/> or more before the query's own are hidden too; 0 hides none.</summary>
    public float[] MaskWithin(int window) => window == 0 || window >= Length ? CausalMask : AttentionMask.Causal(Length, window);
}
