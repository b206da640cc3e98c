namespace Republic.Core.Lora.Architecture;

/// <summary>How positions are turned into rotations.</summary>
/// <param name="Dimensions">How many numbers of each head are rotated.</param>
/// <param name="NeoX">True pairs number i with i + Dimensions/2, false with its neighbour.</param>
/// <param name="Scale">1 over the factor by which positions are stretched (linear scaling).</param>
internal sealed record RotaryShape(int Dimensions, bool NeoX, float Base, float Scale)
{
    public const float UsualBase = 10_000;

    /// <summary>The base in layers that see a window only; positions are not stretched there.</summary>
    public float WindowBase { get; init; } = UsualBase;
}
