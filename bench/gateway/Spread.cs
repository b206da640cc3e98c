namespace Republic.Bench;

/// <summary>Milliseconds, or any other figure, in order.</summary>
internal sealed class Spread(IEnumerable<double> values)
{
    private readonly double[] sorted = [.. values.Where(double.IsFinite).Order()];

    public int Count => sorted.Length;

    public double P50 => At(0.5);

    public double P99 => At(0.99);

    public double Least => At(0);

    public double Most => At(1);

    private double At(double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
