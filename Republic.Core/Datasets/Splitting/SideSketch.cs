using System.Runtime.InteropServices;
using Republic.Core.Datasets.Refining;

namespace Republic.Core.Datasets.Splitting;

/// <summary>Two bits of each of 64 MinHash values of a text: enough to leave most texts out that are not nearly equal, in 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SideSketch(ulong A, ulong B)
{
    public const int Values = 64;

    public static SideSketch Of(ReadOnlySpan<uint> values) => new(TwoBitMinHash.Pack(values[..32]), TwoBitMinHash.Pack(values[32..]));

    public int Agreeing(SideSketch other) => TwoBitMinHash.Agreeing(A, other.A) + TwoBitMinHash.Agreeing(B, other.B);

    public static int LeastAgreeing(double similarity) => TwoBitMinHash.LeastAgreeing(Values, similarity, deviations: 3);
}
