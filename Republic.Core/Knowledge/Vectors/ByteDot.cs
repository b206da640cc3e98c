using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Republic.Core.Knowledge.Vectors;

/// <summary>
/// The sum of the products of unsigned and signed bytes, by the widest instruction that the processor has. Whole numbers add up to the
/// same in any order, so every way gives the same result.
/// </summary>
internal static class ByteDot
{
    /// <summary>What rows are filled up to, so that no way has a remainder.</summary>
    public const int Step = 64;

    private static readonly Kernel Best = Choose();

    internal delegate int Kernel(ReadOnlySpan<byte> row, ReadOnlySpan<sbyte> query);

    /// <summary>All ways that this processor can go, for comparing them.</summary>
    internal static IReadOnlyList<(string Name, Kernel Sum)> Possible { get; } =
    [
        .. new (string Name, bool IsPossible, Kernel Sum)[]
        {
            ("AVX-VNNI", AvxVnni.IsSupported, Vnni),
            ("AVX-512", Avx512BW.IsSupported, Wide512),
            ("AVX2", Avx2.IsSupported, Wide256),
            ("NEON dot", Dp.IsSupported, Neon),
            ("128 bits", Vector128.IsHardwareAccelerated, Wide128),
            ("scalar", true, Scalar),
        }
            .Where(way => way.IsPossible)
            .Select(way => (way.Name, way.Sum)),
    ];

    /// <param name="row">As long as the query, a multiple of <see cref="Step"/>.</param>
    public static int Sum(ReadOnlySpan<byte> row, ReadOnlySpan<sbyte> query) => Best(row, query);

    private static Kernel Choose() =>
        AvxVnni.IsSupported ? Vnni
        : Avx512BW.IsSupported ? Wide512
        : Avx2.IsSupported ? Wide256
        : Dp.IsSupported ? Neon
        : Vector128.IsHardwareAccelerated ? Wide128
        : Scalar;

    private static int Vnni(ReadOnlySpan<byte> row, ReadOnlySpan<sbyte> query)
    {
        var rows = MemoryMarshal.Cast<byte, Vector256<byte>>(row);
        var queries = MemoryMarshal.Cast<sbyte, Vector256<sbyte>>(query)[..rows.Length];
        var (even, odd) = (Vector256<int>.Zero, Vector256<int>.Zero);
        for (var i = 0; i + 1 < rows.Length; i += 2)
        {
            even = AvxVnni.MultiplyWideningAndAdd(even, rows[i], queries[i]);
            odd = AvxVnni.MultiplyWideningAndAdd(odd, rows[i + 1], queries[i + 1]);
        }

        return Vector256.Sum(even + odd);
    }

    private static int Wide512(ReadOnlySpan<byte> row, ReadOnlySpan<sbyte> query)
    {
        var rows = MemoryMarshal.Cast<byte, Vector256<byte>>(row);
        var queries = MemoryMarshal.Cast<sbyte, Vector256<sbyte>>(query)[..rows.Length];
        var sum = Vector512<int>.Zero;
        for (var i = 0; i < rows.Length; i++)
        {
            sum += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(rows[i]), Avx512BW.ConvertToVector512Int16(queries[i]));
        }

        return Vector512.Sum(sum);
    }

    private static int Wide256(ReadOnlySpan<byte> row, ReadOnlySpan<sbyte> query)
    {
        var rows = MemoryMarshal.Cast<byte, Vector128<byte>>(row);
        var queries = MemoryMarshal.Cast<sbyte, Vector128<sbyte>>(query)[..rows.Length];
        var sum = Vector256<int>.Zero;
        for (var i = 0; i < rows.Length; i++)
        {
            sum += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(rows[i]), Avx2.ConvertToVector256Int16(queries[i]));
        }

        return Vector256.Sum(sum);
    }

    // There is no instruction for unsigned times signed: 128 is taken from the one, and given back as 128 times the other's sum.
    private static int Neon(ReadOnlySpan<byte> row, ReadOnlySpan<sbyte> query)
    {
        var rows = MemoryMarshal.Cast<byte, Vector128<byte>>(row);
        var queries = MemoryMarshal.Cast<sbyte, Vector128<sbyte>>(query)[..rows.Length];
        var (sum, lifts) = (Vector128<int>.Zero, Vector128<int>.Zero);
        for (var i = 0; i < rows.Length; i++)
        {
            sum = Dp.DotProduct(sum, (rows[i] ^ Vector128.Create((byte)128)).AsSByte(), queries[i]);
            lifts = Dp.DotProduct(lifts, Vector128.Create((sbyte)1), queries[i]);
        }

        return Vector128.Sum(sum) + (128 * Vector128.Sum(lifts));
    }

    private static int Wide128(ReadOnlySpan<byte> row, ReadOnlySpan<sbyte> query)
    {
        var rows = MemoryMarshal.Cast<byte, Vector128<byte>>(row);
        var queries = MemoryMarshal.Cast<sbyte, Vector128<sbyte>>(query)[..rows.Length];
        var sum = Vector128<int>.Zero;
        for (var i = 0; i < rows.Length; i++)
        {
            var (low, high) = Vector128.Widen(rows[i]);
            var (queryLow, queryHigh) = Vector128.Widen(queries[i]);
            // 255 times -128 has room in 16 bits.
            var (a, b) = Vector128.Widen(low.AsInt16() * queryLow);
            var (c, d) = Vector128.Widen(high.AsInt16() * queryHigh);
            sum += a + b + c + d;
        }

        return Vector128.Sum(sum);
    }

    private static int Scalar(ReadOnlySpan<byte> row, ReadOnlySpan<sbyte> query)
    {
        var sum = 0;
        for (var i = 0; i < row.Length; i++)
        {
            sum += row[i] * query[i];
        }

        return sum;
    }
}
