using System.Text.Unicode;

namespace Republic.Core.Datasets.Reading;

/// <summary>What is wrong with a record before it is read as anything.</summary>
internal static class RecordBytes
{
    public static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    public static string? Fault(ReadOnlySpan<byte> record)
    {
        if (record.StartsWith(Mark))
        {
            return "it begins with a byte order mark, which may stand at the beginning of a file alone";
        }

        if (record.Contains((byte)0))
        {
            return IsUtf16(record) ? "it is UTF-16, and has to be UTF-8" : "it holds a NUL character";
        }

        if (Utf8.IsValid(record))
        {
            return null;
        }

        return HasUtf16Mark(record) ? "it is UTF-16, and has to be UTF-8"
            : HoldsSurrogate(record) ? "it holds half of a character (a lone surrogate)"
            : "it is not UTF-8 (Latin-1 or Windows-1252, perhaps)";
    }

    /// <summary>By its mark; without one, text in a Latin script has a NUL in every other byte.</summary>
    public static bool IsUtf16(ReadOnlySpan<byte> text)
    {
        var count = text.Count((byte)0);
        return HasUtf16Mark(text) || (text.Length >= 4 && count * 5 >= text.Length * 2);
    }

    /// <summary>By its mark, whose first half is that of UTF-16.</summary>
    public static bool IsUtf32(ReadOnlySpan<byte> text) =>
        text.StartsWith<byte>([0xFF, 0xFE, 0, 0]) || text.StartsWith<byte>([0, 0, 0xFE, 0xFF]);

    private static bool HasUtf16Mark(ReadOnlySpan<byte> text) => text.StartsWith<byte>([0xFF, 0xFE]) || text.StartsWith<byte>([0xFE, 0xFF]);

    private static bool HoldsSurrogate(ReadOnlySpan<byte> record)
    {
        for (var at = record.IndexOf((byte)0xED); at >= 0 && at + 1 < record.Length; )
        {
            if (record[at + 1] is >= 0xA0 and <= 0xBF)
            {
                return true;
            }

            var next = record[(at + 1)..].IndexOf((byte)0xED);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }
}
