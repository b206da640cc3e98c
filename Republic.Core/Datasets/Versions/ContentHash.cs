using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Republic.Core.Datasets.Versions;

/// <summary>Of a sample's line: the first half of its SHA-256, so that nobody makes two rows with the same.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ContentHash(ulong High, ulong Low)
{
    public static ContentHash Of(ReadOnlySpan<byte> line)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(line, digest);
        return new ContentHash(BinaryPrimitives.ReadUInt64BigEndian(digest), BinaryPrimitives.ReadUInt64BigEndian(digest[8..]));
    }

    public static ContentHash? Parse(string? text) =>
        text is { Length: 32 }
        && ulong.TryParse(text.AsSpan(0, 16), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var high)
        && ulong.TryParse(text.AsSpan(16), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var low)
            ? new ContentHash(high, low)
            : null;

    public override string ToString() => $"{High:x16}{Low:x16}";
}
