using System.Runtime.InteropServices;
using Republic.Core.Datasets.Refining.Duplicates;

namespace Republic.Core.Datasets.Splitting;

/// <summary>Two bits of each of 64 MinHash values of a text: enough to leave most texts out that are not nearly equal, in 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SideSketch(ulong A, ulong B)
{
    public const int Values = 64;

    public static SideSketch Of(ReadOnlySpan<uint> values) => new(BBitMinHash.Pack(values[..32]), BBitMinHash.Pack(values[32..]));

    public int Agreeing(SideSketch other) => BBitMinHash.Agreeing(A, other.A) + BBitMinHash.Agreeing(B, other.B);

    public static int LeastAgreeing(double similarity) => BBitMinHash.LeastAgreeing(Values, similarity, deviations: 3);
}
