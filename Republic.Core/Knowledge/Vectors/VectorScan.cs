using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Republic.Core.Knowledge.Vectors;

/// <summary>
/// One question's way through all rows. The first pass tells what each may be at most. Those that promise most are compared exactly, which
/// tells how near a row must be, and in the second pass few others still may be as near as that.
/// </summary>
/// <param name="exactly">The similarity of a row, of all parts.</param>
internal sealed class VectorScan(NibbleRows[] parts, NibbleQuery query, int limit, Func<int, float> exactly)
{
    private readonly NearestRows promising = new(limit);
    private readonly NearestRows nearest = new(limit);
    private float[] most = [];

    /// <returns>The nearest first.</returns>
    public IEnumerable<(int Row, float Similarity)> Run()
    {
        most = ArrayPool<float>.Shared.Rent(parts.Length * NibbleRows.Size);
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
        parts[part].Estimate(query, Of(part));
        Above(promising, part, row => promising.Add(row, most[row]));
    }

    private void Refine(int part) =>
        Above(
            nearest,
            part,
            row =>
            {
                if (parts[part].Refine(row - (part * NibbleRows.Size), query, most[row]) >= nearest.Least)
                {
                    nearest.Add(row, exactly(row));
                }
            }
        );

    /// <summary>Does something with each row that may be kept. What is not a number is not above anything.</summary>
    private void Above(NearestRows least, int part, Action<int> found)
    {
        var values = Of(part);
        for (var from = 0; from < values.Length; from += Vector256<float>.Count)
        {
            var above = Vector256.GreaterThanOrEqual(Vector256.Create<float>(values[from..]), Vector256.Create(least.Least));
            for (var rows = above.ExtractMostSignificantBits(); rows != 0; rows &= rows - 1)
            {
                found((part * NibbleRows.Size) + from + BitOperations.TrailingZeroCount(rows));
            }
        }
    }

    private Span<float> Of(int part) => most.AsSpan(part * NibbleRows.Size, parts[part].Rows);
}
