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
    public float[] CausalMask { get; } = Causal(Length);

    private static float[] Causal(int length)
    {
        var mask = new float[length * length];
        for (var query = 0; query < length; query++)
        {
            mask.AsSpan((query * length) + query + 1, length - query - 1).Fill(float.NegativeInfinity);
        }

        return mask;
    }
}
