using System.Numerics;

namespace Republic.Core.Datasets.Refining.Duplicates;

/// <summary>
/// b-bit MinHash with b = 2: two bits of each of 32 MinHash values in one word. Of equal texts all agree, of others a quarter by chance (Li and König,
/// "b-Bit minwise hashing", 2010).
/// </summary>
internal static class BBitMinHash
{
    public const int ValuesPerWord = 32;

    /// <param name="values">32 of them.</param>
    public static ulong Pack(ReadOnlySpan<uint> values)
    {
        var packed = 0UL;
        foreach (var value in values)
        {
            // High bits: the low ones of a product depend on few bits of its factors.
            packed = (packed << 2) | ((value >> 8) & 3);
        }

        return packed;
    }

    /// <summary>Counts the values, of 32, whose two bits are equal in both words.</summary>
    public static int Agreeing(ulong one, ulong other)
    {
        var difference = one ^ other;
        return ValuesPerWord - BitOperations.PopCount((difference | (difference >> 1)) & 0x5555555555555555);
    }

    /// <summary>Computes how many values agree in texts of the given similarity, less some standard deviations.</summary>
    public static int LeastAgreeing(int values, double similarity, int deviations)
    {
        var share = similarity + ((1 - similarity) / 4);
        return (int)((values * share) - (deviations * Math.Sqrt(values * share * (1 - share))));
    }
}
