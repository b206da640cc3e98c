namespace Republic.Bench;

/// <summary>Milliseconds.</summary>
internal sealed class Spread(IEnumerable<double> values)
{
    private readonly double[] sorted = [.. values.Order()];

    public int Count => sorted.Length;

    public double P50 => At(0.5);

    public double P99 => At(0.99);

    public double Most => sorted[^1];

    public override string ToString() => FormattableString.Invariant($"{P50:0.00} | {P99:0.00} | {Most:0.00} | {Count:n0}");

    private double At(double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
