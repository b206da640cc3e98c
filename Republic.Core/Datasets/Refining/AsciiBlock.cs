using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Republic.Core.Datasets.Refining;

/// <summary>Which of 32 characters are white space, and how many are plain: letters, digits or white space.</summary>
/// <param name="Words">A bit for each that is no white space.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AsciiBlock(uint Words, int PlainCount)
{
    public const int Length = 32;

    // + - = * / and others are words where they stand alone: without them 3 + 4 were the same as 3 - 4.
    private const string Punctuation = ".,;:!?\"'`()[]{}";
    private static readonly bool[] IsMark =
    [
        .. Enumerable.Range(0, 256).Select(c => Punctuation.Contains((char)c, StringComparison.Ordinal)),
    ];

    /// <summary>Does not count at either end of a word.</summary>
    public static bool IsPunctuation(byte value) => IsMark[value];

    /// <param name="text">Its first <see cref="Length"/> characters are read; fewer where it ends.</param>
    public static AsciiBlock Read(ReadOnlySpan<byte> text)
    {
        if (text.Length >= Length)
        {
            return Judge(Vector256.Create(text));
        }

        Span<byte> padded = stackalloc byte[Length];
        padded.Fill((byte)' ');
        text.CopyTo(padded);
        var block = Judge(Vector256.Create<byte>(padded));
        return block with { PlainCount = block.PlainCount - (Length - text.Length) };
    }

    /// <summary>A bit wherever a word begins or has ended.</summary>
    /// <param name="isInWord">Whether the block before ended within one.</param>
    public uint Edges(bool isInWord) => Words ^ ((Words << 1) | (isInWord ? 1u : 0));

    private static AsciiBlock Judge(Vector256<byte> text)
    {
        var white = Vector256.Equals(text, Vector256.Create((byte)' ')) | IsWithin(text, 9, 5);
        var plain = white | IsWithin(text | Vector256.Create((byte)0x20), (byte)'a', 26) | IsWithin(text, (byte)'0', 10);
        return new AsciiBlock(~white.ExtractMostSignificantBits(), BitOperations.PopCount(plain.ExtractMostSignificantBits()));
    }

    private static Vector256<byte> IsWithin(Vector256<byte> text, byte first, byte count) =>
        Vector256.LessThan(text - Vector256.Create(first), Vector256.Create(count));
}
