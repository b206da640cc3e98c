using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Republic.Core.Knowledge.Vectors;

/// <summary>
/// The sums of products of rows of half bytes and a query of bytes, by the best instructions that the processor has. A byte of a row
/// holds two numbers from 0 to 15: the lower half of byte i the row's number i, the upper half the one that is half a row further.
/// Whole numbers add up to the same in any order, so every way gives the same sums.
/// </summary>
internal static unsafe class Int4Dot
{
    /// <summary>What rows are filled up to, in numbers, so that no way has a remainder.</summary>
    public const int Step = 64;

    private const byte Lower = 15;

    /// <param name="row">The first; the others follow it.</param>
    /// <param name="bytes">Of a row, half as many as the query has.</param>
    internal delegate void Way(byte* row, sbyte* query, int bytes, Span<int> sums);

    /// <summary>All ways that this processor can go, for comparing them.</summary>
    internal static IReadOnlyList<(string Name, Way Sums)> Possible { get; } =
    [
        .. new (string Name, bool IsPossible, Way Sums)[]
        {
            ("AVX-VNNI", AvxVnni.IsSupported, Vnni),
            ("AVX2", Avx2.IsSupported, Wide256),
            ("NEON dot", Dp.IsSupported, Neon),
            ("128 bits", true, Wide128),
        }
            .Where(way => way.IsPossible)
            .Select(way => (way.Name, way.Sums)),
    ];

    /// <param name="rows">One after another, each half as many bytes as the query has.</param>
    /// <param name="query">A multiple of <see cref="Step"/> long.</param>
    /// <param name="sums">One for each row.</param>
    public static void Sums(ReadOnlySpan<byte> rows, ReadOnlySpan<sbyte> query, Span<int> sums)
    {
        var bytes = query.Length / 2;
        if (query.Length % Step != 0 || rows.Length != sums.Length * bytes)
        {
            throw new ArgumentException("Rows and query do not fit.", nameof(rows));
        }

        fixed (byte* row = rows)
        fixed (sbyte* asked = query)
        {
            if (AvxVnni.IsSupported)
            {
                Vnni(row, asked, bytes, sums);
            }
            else if (Avx2.IsSupported)
            {
                Wide256(row, asked, bytes, sums);
            }
            else if (Dp.IsSupported)
            {
                Neon(row, asked, bytes, sums);
            }
            else
            {
                Wide128(row, asked, bytes, sums);
            }
        }
    }

    // The upper halves stay where they are, 16 times too large, and their sum is divided.
    private static void Vnni(byte* row, sbyte* query, int bytes, Span<int> sums)
    {
        for (var i = 0; i < sums.Length; i++, row += bytes)
        {
            var (lower, upper) = (Vector256<int>.Zero, Vector256<int>.Zero);
            for (var at = 0; at < bytes; at += Vector256<byte>.Count)
            {
                var both = Vector256.Load(row + at);
                var low = both & Vector256.Create(Lower);
                lower = AvxVnni.MultiplyWideningAndAdd(lower, low, Vector256.Load(query + at));
                upper = AvxVnni.MultiplyWideningAndAdd(upper, both ^ low, Vector256.Load(query + bytes + at));
            }

            sums[i] = Vector256.Sum(lower + (upper >> 4));
        }
    }

    // Four products of at most 15 times 128 have room in 16 bits.
    private static void Wide256(byte* row, sbyte* query, int bytes, Span<int> sums)
    {
        for (var i = 0; i < sums.Length; i++, row += bytes)
        {
            var sum = Vector256<int>.Zero;
            for (var at = 0; at < bytes; at += Vector256<byte>.Count)
            {
                var both = Vector256.Load(row + at);
                var low = Avx2.MultiplyAddAdjacent(both & Vector256.Create(Lower), Vector256.Load(query + at));
                var high = Avx2.MultiplyAddAdjacent(both >> 4, Vector256.Load(query + bytes + at));
                sum += Avx2.MultiplyAddAdjacent(low + high, Vector256<short>.One);
            }

            sums[i] = Vector256.Sum(sum);
        }
    }

    private static void Neon(byte* row, sbyte* query, int bytes, Span<int> sums)
    {
        for (var i = 0; i < sums.Length; i++, row += bytes)
        {
            var (lower, upper) = (Vector128<int>.Zero, Vector128<int>.Zero);
            for (var at = 0; at < bytes; at += Vector128<byte>.Count)
            {
                var both = Vector128.Load(row + at);
                lower = Dp.DotProduct(lower, (both & Vector128.Create(Lower)).AsSByte(), Vector128.Load(query + at));
                upper = Dp.DotProduct(upper, (both >> 4).AsSByte(), Vector128.Load(query + bytes + at));
            }

            sums[i] = Vector128.Sum(lower + upper);
        }
    }

    private static void Wide128(byte* row, sbyte* query, int bytes, Span<int> sums)
    {
        for (var i = 0; i < sums.Length; i++, row += bytes)
        {
            var sum = Vector128<int>.Zero;
            for (var at = 0; at < bytes; at += Vector128<byte>.Count)
            {
                var both = Vector128.Load(row + at);
                var low = Products((both & Vector128.Create(Lower)).AsSByte(), Vector128.Load(query + at));
                var high = Products((both >> 4).AsSByte(), Vector128.Load(query + bytes + at));
                var (a, b) = Vector128.Widen(low + high);
                sum += a + b;
            }

            sums[i] = Vector128.Sum(sum);
        }
    }

    private static Vector128<short> Products(Vector128<sbyte> row, Vector128<sbyte> query)
    {
        var (low, high) = Vector128.Widen(row);
        var (queryLow, queryHigh) = Vector128.Widen(query);
        return (low * queryLow) + (high * queryHigh);
    }
}
