using System.Buffers.Binary;

namespace Republic.Core.Datasets.Refining.Duplicates;

/// <summary>Hashes a word, eight bytes at a time, its ASCII letters as small ones.</summary>
internal static class WordHash
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    public static ulong Of(ReadOnlySpan<byte> word)
    {
        var hash = (ulong)word.Length * 0xC2B2AE3D27D4EB4F;
        for (; word.Length > 8; word = word[8..])
        {
            hash = Step(hash, BinaryPrimitives.ReadUInt64LittleEndian(word));
        }

        return Step(hash, Tail(word));
    }

    /// <summary>One to eight bytes; pieces that overlap are quicker than a loop.</summary>
    private static ulong Tail(ReadOnlySpan<byte> word) =>
        word.Length >= 4
            ? BinaryPrimitives.ReadUInt32LittleEndian(word) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(word[^4..]) << 32)
            : word[0] | ((ulong)word[word.Length >> 1] << 8) | ((ulong)word[^1] << 16);

    private static ulong Step(ulong hash, ulong bytes)
    {
        hash = (hash ^ Lower(bytes)) * Prime;
        return hash ^ (hash >> 29);
    }

    /// <summary>All eight at once: only a capital letter is at least A and not above Z, and has no eighth bit.</summary>
    private static ulong Lower(ulong bytes)
    {
        var low = bytes & 0x7F7F7F7F7F7F7F7F;
        var fromA = low + 0x3F3F3F3F3F3F3F3F;
        var aboveZ = low + 0x2525252525252525;
        return bytes | ((fromA & ~aboveZ & ~bytes & 0x8080808080808080) >> 2);
    }
}
