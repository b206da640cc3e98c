using System.Runtime.InteropServices;

namespace Republic.Core.Lora.Graph;

/// <summary>
/// Up to four lengths in ggml's order: the numbers along <paramref name="A"/> lie side by side. A weight that maps n to m
/// numbers is [n, m]; the activations of t tokens are [n, t].
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TensorShape(long A, long B = 1, long C = 1, long D = 1)
{
    public long Count => checked(A * B * C * D);

    public bool IsPositive => A > 0 && B > 0 && C > 0 && D > 0;

    /// <summary>Whether a whole number of copies of this shape, along each axis, makes the other.</summary>
    public bool Tiles(TensorShape other) => other.A % A == 0 && other.B % B == 0 && other.C % C == 0 && other.D % D == 0;

    public override string ToString() => $"[{A}, {B}, {C}, {D}]";
}
