namespace Republic.Core;

/// <summary>
/// Repeatable randomness whose whole state is one number, so that a run can be written down and go on: splitmix64
/// (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). Not for secrets.
/// </summary>
internal sealed class SeededRandom(ulong state)
{
    private const ulong Increment = 0x9E3779B97F4A7C15;

    public ulong State { get; private set; } = state;

    /// <summary>A generator for one purpose among several that share a seed, unrelated to the others.</summary>
    public static SeededRandom For(long seed, long purpose) =>
        new(new SeededRandom((ulong)seed ^ (Increment * (ulong)purpose)).NextUInt64());

    public ulong NextUInt64()
    {
        State += Increment;
        var z = (State ^ (State >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to <paramref name="below"/> - 1, evenly: the high half of a 128-bit product (Lemire, 2019).</summary>
    public int Next(int below)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(below);
        return (int)Math.BigMul(NextUInt64(), (ulong)below, out _);
    }

    /// <summary>From 0 to just below 1.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>Normally distributed with mean 0 and variance 1 (Box and Muller, 1958).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
