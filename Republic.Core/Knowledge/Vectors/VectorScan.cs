using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Republic.Core.Knowledge.Vectors;

/// <summary>
/// One question's way through all rows. The first pass tells what each may be at most. Those that promise most are compared exactly, which
/// tells how near a row must be, and in the second pass few others still may be as near as that.
/// </summary>
/// <param name="exactly">The similarity of a row, of all parts.</param>
internal sealed class VectorScan(Int4Vectors[] parts, NibbleQuery query, int limit, Func<int, float> exactly)
{
    private readonly NearestRows promising = new(limit);
    private readonly NearestRows nearest = new(limit);
    private float[] most = [];

    /// <returns>The nearest first.</returns>
    public IEnumerable<(int Row, float Similarity)> Run()
    {
        most = ArrayPool<float>.Shared.Rent(parts.Length * Int4Vectors.Size);
        try
        {
            IdleProcessors.Share(parts.Length, Estimate);
            foreach (var (row, _) in promising.Rows)
            {
                nearest.Add(row, exactly(row));
                most[row] = float.NaN;
            }

            IdleProcessors.Share(parts.Length, Refine);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(most);
        }

        return nearest.Rows;
    }

    private void Estimate(int part)
    {
        var values = Of(part);
        parts[part].Estimate(query, values);
        Span<int> rows = stackalloc int[Int4Vectors.Size];
        foreach (var row in rows[..Above(promising.Least, values, rows)])
        {
            if (values[row] >= promising.Least)
            {
                promising.Add((part * Int4Vectors.Size) + row, values[row]);
            }
        }
    }

    private void Refine(int part)
    {
        var values = Of(part);
        Span<int> rows = stackalloc int[Int4Vectors.Size];
        rows = rows[..Above(nearest.Least, values, rows)];
        parts[part].Refine(query, rows, values);
        foreach (var row in rows)
        {
            if (values[row] >= nearest.Least)
            {
                var place = (part * Int4Vectors.Size) + row;
                nearest.Add(place, exactly(place));
            }
        }
    }

    /// <summary>Writes down which rows may be kept. What is not a number is not above anything.</summary>
    private static int Above(float least, ReadOnlySpan<float> values, Span<int> rows)
    {
        var count = 0;
        for (var from = 0; from < values.Length; from += Vector256<float>.Count)
        {
            var above = Vector256.GreaterThanOrEqual(Vector256.Create(values[from..]), Vector256.Create(least));
            for (var bits = above.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
            {
                rows[count++] = from + BitOperations.TrailingZeroCount(bits);
            }
        }

        return count;
    }

    private Span<float> Of(int part) => most.AsSpan(part * Int4Vectors.Size, parts[part].Rows);
}
