using System.Runtime.Intrinsics;

namespace Republic.Core.Datasets.Refining.Duplicates;

/// <summary>
/// 128 MinHash values of a row (Broder, "On the resemblance and containment of documents", 1997), folded into bands for
/// locality-sensitive hashing and into a sketch of two bits for each (Li and König, "b-bit minwise hashing", 2010).
/// </summary>
internal sealed class MinHash
{
    public const int Values = 128;
    private const int Lanes = 8;

    /// <summary>Hash functions computed in one pass: as many as registers hold.</summary>
    private const int InOnePass = 4 * Lanes;
    private static readonly uint[] Multipliers = Constants(1, odd: true);
    private static readonly uint[] Masks = Constants(2, odd: false);
    private readonly uint[] values = new uint[Values];

    /// <param name="threshold">The similarity that has to be found.</param>
    public MinHash(double threshold)
    {
        // The longest bands, and so the fewest candidates, that miss at most 2 % of the pairs just at the threshold.
        Rows = Enumerable.Range(1, 16).Last(rows => rows == 1 || Math.Pow(1 - Math.Pow(threshold, rows), Values / rows) <= 0.02);
        Bands = Values / Rows;
    }

    /// <summary>Values in a band.</summary>
    public int Rows { get; }

    public int Bands { get; }

    /// <param name="shingles">At least one.</param>
    /// <param name="bands">As many as there are <see cref="Bands"/>; rows that share one are candidates.</param>
    public Sketch Compute(ReadOnlySpan<ulong> shingles, Span<uint> bands)
    {
        Fill(values, shingles);
        for (var band = 0; band < Bands; band++)
        {
            bands[band] = Fold(values.AsSpan(band * Rows, Rows));
        }

        return Sketch.Of(values);
    }

    /// <param name="values">The first of the hash functions: 32, 64, 96 or 128.</param>
    public static void Fill(Span<uint> values, ReadOnlySpan<ulong> shingles)
    {
        for (var from = 0; from < values.Length; from += InOnePass)
        {
            Minimise(shingles, from, values[from..]);
        }
    }

    /// <summary>A band's values as one hash.</summary>
    public static uint Fold(ReadOnlySpan<uint> band)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var value in band)
        {
            hash = (hash ^ value) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 32;
        }

        return (uint)hash;
    }

    private static void Minimise(ReadOnlySpan<ulong> shingles, int from, Span<uint> into)
    {
        var (a0, a1, a2, a3) = Load(Multipliers, from);
        var (b0, b1, b2, b3) = Load(Masks, from);
        var m0 = Vector256<uint>.AllBitsSet;
        var (m1, m2, m3) = (m0, m0, m0);
        foreach (var shingle in shingles)
        {
            var x = Vector256.Create((uint)(shingle >> 32));
            m0 = Vector256.Min(m0, (x ^ b0) * a0);
            m1 = Vector256.Min(m1, (x ^ b1) * a1);
            m2 = Vector256.Min(m2, (x ^ b2) * a2);
            m3 = Vector256.Min(m3, (x ^ b3) * a3);
        }

        m0.CopyTo(into);
        m1.CopyTo(into[Lanes..]);
        m2.CopyTo(into[(2 * Lanes)..]);
        m3.CopyTo(into[(3 * Lanes)..]);
    }

    private static (Vector256<uint> First, Vector256<uint> Second, Vector256<uint> Third, Vector256<uint> Fourth) Load(
        uint[] constants,
        int from
    ) =>
        (
            Vector256.Create(constants, from),
            Vector256.Create(constants, from + Lanes),
            Vector256.Create(constants, from + (2 * Lanes)),
            Vector256.Create(constants, from + (3 * Lanes))
        );

    private static uint[] Constants(ulong seed, bool odd)
    {
        var state = seed;
        var constants = new uint[Values];
        for (var i = 0; i < Values; i++)
        {
            state += 0x9E3779B97F4A7C15;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            constants[i] = (uint)(z >> 32) | (odd ? 1u : 0);
        }

        return constants;
    }
}
