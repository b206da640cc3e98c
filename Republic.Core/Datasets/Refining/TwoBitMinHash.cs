using System.Numerics;

namespace Republic.Core.Datasets.Refining;

/// <summary>
/// Two bits of each of 32 MinHash values in one number: of equal texts all agree, and of others a quarter by chance (Li and König,
/// "b-Bit minwise hashing", 2010).
/// </summary>
internal static class TwoBitMinHash
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

    /// <summary>How many of the 32 agree, as far as two bits can tell.</summary>
    public static int Agreeing(ulong one, ulong other)
    {
        var difference = one ^ other;
        return ValuesPerWord - BitOperations.PopCount((difference | (difference >> 1)) & 0x5555555555555555);
    }

    /// <summary>As many of some values agree in texts of this similarity, less some standard deviations.</summary>
    public static int LeastAgreeing(int values, double similarity, int deviations)
    {
        var share = similarity + ((1 - similarity) / 4);
        return (int)((values * share) - (deviations * Math.Sqrt(values * share * (1 - share))));
    }
}
