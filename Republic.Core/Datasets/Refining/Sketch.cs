using System.Numerics;
using System.Runtime.InteropServices;

namespace Republic.Core.Datasets.Refining;

/// <summary>Two bits of each of 128 MinHash values: enough to tell that two rows are far from similar, in 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Sketch(ulong A, ulong B, ulong C, ulong D)
{
    public static Sketch Of(ReadOnlySpan<uint> values) =>
        new(Fold(values[..32]), Fold(values[32..64]), Fold(values[64..96]), Fold(values[96..128]));

    /// <summary>How many of the 128 values agree, as far as two bits can tell; a quarter of the others agrees by chance.</summary>
    public int Agreeing(in Sketch other) => Same(A ^ other.A) + Same(B ^ other.B) + Same(C ^ other.C) + Same(D ^ other.D);

    /// <summary>As many agree in rows of this similarity, less four standard deviations.</summary>
    public static int LeastAgreeing(double similarity)
    {
        var share = similarity + ((1 - similarity) / 4);
        return (int)((MinHash.Values * share) - (4 * Math.Sqrt(MinHash.Values * share * (1 - share))));
    }

    private static int Same(ulong difference) => 32 - BitOperations.PopCount((difference | (difference >> 1)) & 0x5555555555555555);

    private static ulong Fold(ReadOnlySpan<uint> values)
    {
        var folded = 0UL;
        foreach (var value in values)
        {
            // High bits: the low ones of a product depend on few bits of its factors.
            folded = (folded << 2) | ((value >> 8) & 3);
        }

        return folded;
    }
}
