namespace Republic.Core.Lora.Layers;

/// <summary>What attention adds to its scores so that no token sees a later one.</summary>
internal static class AttentionMask
{
    /// <summary>[keys, queries]: 0 for the last <paramref name="window"/> tokens up to the query's own, −∞ for all others.</summary>
    public static float[] Causal(int length, int window = int.MaxValue)
    {
        var mask = new float[length * length];
        for (var query = 0; query < length; query++)
        {
            var row = mask.AsSpan(query * length, length);
            row[(query + 1)..].Fill(float.NegativeInfinity);
            row[..Math.Max(0, query - window + 1)].Fill(float.NegativeInfinity);
        }

        return mask;
    }
}
