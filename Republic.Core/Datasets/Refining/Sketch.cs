using System.Runtime.InteropServices;

namespace Republic.Core.Datasets.Refining;

/// <summary>Two bits of each of 128 MinHash values: enough to tell that two rows are far from similar, in 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Sketch(ulong A, ulong B, ulong C, ulong D)
{
    public static Sketch Of(ReadOnlySpan<uint> values) =>
        new(
            TwoBitMinHash.Pack(values[..32]),
            TwoBitMinHash.Pack(values[32..64]),
            TwoBitMinHash.Pack(values[64..96]),
            TwoBitMinHash.Pack(values[96..128])
        );

    public int Agreeing(in Sketch other) =>
        TwoBitMinHash.Agreeing(A, other.A)
        + TwoBitMinHash.Agreeing(B, other.B)
        + TwoBitMinHash.Agreeing(C, other.C)
        + TwoBitMinHash.Agreeing(D, other.D);

    public static int LeastAgreeing(double similarity) => TwoBitMinHash.LeastAgreeing(MinHash.Values, similarity, deviations: 4);
}
