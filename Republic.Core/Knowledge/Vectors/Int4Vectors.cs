using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Republic.Core.Knowledge.Vectors;

/// <summary>
/// Vectors in a byte for each number, with a scale of its own for each vector, and the bytes in halves: the upper ones of all rows, an
/// eighth of the memory, are read for every question. What a part of a vector leaves out changes its product with a query by no
/// more than the product of both norms (Cauchy and Schwarz). So only rows that may be among the nearest by their upper halves are
/// compared by both, and what still may be is compared exactly: nothing is lost.
/// </summary>
internal sealed class Int4Vectors
{
    /// <summary>The most rows of one of these.</summary>
    public const int Size = 1024;

    // Bytes are lifted by 128, so that they and their halves are never negative.
    private const int Zero = 128;
    private const int Upper = 16;
    private const float Middle = 7.5f;

    private const int Ahead = 4;
    private const int CacheLine = 64;

    private readonly byte[] upper;
    private readonly byte[] lower;
    private readonly float[] scales;

    /// <summary>The norm of what the upper halves leave out, for each row.</summary>
    private readonly float[] restOfUpper;

    private readonly int bytes;

    /// <summary>The largest norm of what both halves leave out, and the largest of what either way says.</summary>
    private float rest;
    private float longest;

    public Int4Vectors(int count, int length)
    {
        bytes = Padded(length) / 2;
        var rows = (count + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;
        (upper, lower) = (new byte[rows * bytes], new byte[rows * bytes]);
        (scales, restOfUpper) = (new float[rows], new float[rows]);
        // What fills the last eight is never near.
        Array.Fill(restOfUpper, float.NaN);
    }

    /// <summary>How many there are, filled up to a multiple of eight.</summary>
    public int Rows => scales.Length;

    public long Bytes => upper.LongLength + lower.LongLength + ((scales.LongLength + restOfUpper.LongLength) * sizeof(float));

    public static int Padded(int length) => (length + Int4Dot.Step - 1) / Int4Dot.Step * Int4Dot.Step;

    /// <summary>What a vector takes.</summary>
    public static long BytesOf(int length) => Padded(length) + (2 * sizeof(float));

    public void Set(int row, ReadOnlySpan<float> vector)
    {
        var scale = MathF.Abs(TensorPrimitives.MaxMagnitude(vector)) / sbyte.MaxValue;
        var above = upper.AsSpan(row * bytes, bytes);
        var below = lower.AsSpan(row * bytes, bytes);
        // What rows are filled up with counts nothing, for the query has zeros there.
        var (norm, restOfBoth, restOfOne) = (0.0, 0.0, 0.0);
        for (var i = 0; i < vector.Length; i++)
        {
            var value = Zero + (scale > 0 ? Math.Clamp((int)MathF.Round(vector[i] / scale), -sbyte.MaxValue, sbyte.MaxValue) : 0);
            var (place, shift) = i < bytes ? (i, 0) : (i - bytes, 4);
            above[place] |= (byte)(value / Upper << shift);
            below[place] |= (byte)(value % Upper << shift);
            var byBoth = vector[i] - ((double)scale * (value - Zero));
            var byOne = byBoth + ((double)scale * (value % Upper - Middle));
            norm += (double)vector[i] * vector[i];
            restOfBoth += byBoth * byBoth;
            restOfOne += byOne * byOne;
        }

        // More than all rounding of 32-bit numbers comes to, in the estimates and in the exact product.
        var rounding = Math.ScaleB(vector.Length * Math.Sqrt(norm), -21);
        scales[row] = scale;
        restOfUpper[row] = (float)(Math.Sqrt(restOfOne) + rounding);
        // A comparison with what is not a number is false, and such a row spoils nothing for the others.
        var (both, most) = ((float)(Math.Sqrt(restOfBoth) + rounding), (float)Math.Sqrt(norm) + restOfUpper[row]);
        rest = both > rest ? both : rest;
        longest = most > longest ? most : longest;
    }

    /// <summary>What each row's similarity is at most, by the upper halves.</summary>
    /// <param name="most">For <see cref="Rows"/>, not a number for those that it is filled up with.</param>
    public void Estimate(NibbleQuery query, Span<float> most)
    {
        Span<int> sums = stackalloc int[Rows];
        Int4Dot.Sums(upper, query.Bytes, sums);
        var lift = Vector256.Create(query.Sum * ((Zero - Middle) / Upper));
        var slack = Vector256.Create(query.Lost * longest);
        for (var from = 0; from < sums.Length; from += Vector256<float>.Count)
        {
            var said = (Vector256.ConvertToSingle(Vector256.Create<int>(sums[from..])) - lift) * (query.Scale * Upper);
            var unsaid = Vector256.Create(restOfUpper, from) * query.Norm;
            ((said * Vector256.Create(scales, from)) + unsaid + slack).CopyTo(most[from..]);
        }
    }

    /// <summary>What the similarity of some rows is at most, by both of their halves.</summary>
    /// <param name="most">By the upper ones, of all rows.</param>
    public void Refine(NibbleQuery query, ReadOnlySpan<int> rows, Span<float> most)
    {
        var lift = Middle * query.Sum;
        for (var i = 0; i < rows.Length; i++)
        {
            if (i + Ahead < rows.Length)
            {
                Fetch(rows[i + Ahead]);
            }

            var row = rows[i];
            var sum = 0;
            Int4Dot.Sums(lower.AsSpan(row * bytes, bytes), query.Bytes, new Span<int>(ref sum));
            most[row] += ((sum - lift) * (query.Scale * scales[row])) - ((restOfUpper[row] - rest) * query.Norm);
        }
    }

    /// <summary>These rows lie apart, and a processor that is told of them early does not wait for each.</summary>
    private unsafe void Fetch(int row)
    {
        fixed (byte* begin = &lower[row * bytes])
        {
            for (var at = 0; at < bytes && Sse.IsSupported; at += CacheLine)
            {
                Sse.Prefetch0(begin + at);
            }
        }
    }
}
