using System.Numerics;
using System.Runtime.InteropServices;

namespace Republic.Core.Datasets.Splitting;

/// <summary>Two bits of each of 64 MinHash values of a text: enough to leave most texts out that are not nearly equal, in 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SideSketch(ulong A, ulong B)
{
    public const int Values = 64;

    public static SideSketch Of(ReadOnlySpan<uint> values) => new(Fold(values[..32]), Fold(values[32..]));

    public int Agreeing(SideSketch other) => Same(A ^ other.A) + Same(B ^ other.B);

    /// <summary>As many agree in texts of this similarity, less three standard deviations; a quarter of the others agrees by chance.</summary>
    public static int LeastAgreeing(double similarity)
    {
        var share = similarity + ((1 - similarity) / 4);
        return (int)((Values * share) - (3 * Math.Sqrt(Values * share * (1 - share))));
    }

    private static int Same(ulong difference) => 32 - BitOperations.PopCount((difference | (difference >> 1)) & 0x5555555555555555);

    private static ulong Fold(ReadOnlySpan<uint> values)
    {
        var folded = 0UL;
        foreach (var value in values)
        {
            folded = (folded << 2) | ((value >> 8) & 3);
        }

        return folded;
    }
}
