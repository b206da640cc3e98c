using System.Runtime.InteropServices;

namespace Republic.Core.Datasets.Refining.Duplicates;

/// <summary>Two bits of each of 128 MinHash values: enough to tell that two rows are far from similar, in 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Sketch(ulong A, ulong B, ulong C, ulong D)
{
    public static Sketch Of(ReadOnlySpan<uint> values) =>
        new(
            BBitMinHash.Pack(values[..32]),
            BBitMinHash.Pack(values[32..64]),
            BBitMinHash.Pack(values[64..96]),
            BBitMinHash.Pack(values[96..128])
        );

    public int Agreeing(in Sketch other) =>
        BBitMinHash.Agreeing(A, other.A)
        + BBitMinHash.Agreeing(B, other.B)
        + BBitMinHash.Agreeing(C, other.C)
        + BBitMinHash.Agreeing(D, other.D);

    public static int LeastAgreeing(double similarity) => BBitMinHash.LeastAgreeing(MinHash.Values, similarity, deviations: 4);
}
