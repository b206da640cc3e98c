using System.Text;
using System.Text.RegularExpressions;
using Republic.Core.Datasets.Reading;

namespace Republic.Core.Knowledge.Reading;

/// <summary>Bytes as text, in the encoding that they are in: by their mark, by what an HTML page says, or by what they can be.</summary>
internal static partial class TextDecoding
{
    private const int LookedAt = 4096;

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var encoding = Of(bytes);
        var mark = encoding.Preamble;
        return encoding.GetString(mark.Length > 0 && bytes.StartsWith(mark) ? bytes[mark.Length..] : bytes);
    }

    /// <summary>Whether it is text at all. Its last character may be cut.</summary>
    public static bool IsText(ReadOnlySpan<byte> start)
    {
        if (Marked(start) is not null || RecordBytes.IsUtf16(start))
        {
            return true;
        }

        var controls = 0;
        foreach (var value in start)
        {
            controls += value < 32 && value is not (9 or 10 or 12 or 13 or 27) ? 1 : 0;
        }

        return controls * 50 <= start.Length;
    }

    private static Encoding Of(ReadOnlySpan<byte> bytes) =>
        Marked(bytes)
        ?? (
            RecordBytes.IsUtf16(bytes[..Math.Min(bytes.Length, LookedAt)]) ? Utf16(bytes)
            : IsUtf8(bytes) ? Encoding.UTF8
            : Said(bytes) ?? Western
        );

    private static Encoding? Marked(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(RecordBytes.Mark) ? Encoding.UTF8
        : bytes.StartsWith<byte>([0xFF, 0xFE, 0, 0]) ? new UTF32Encoding(bigEndian: false, byteOrderMark: true)
        : bytes.StartsWith<byte>([0, 0, 0xFE, 0xFF]) ? new UTF32Encoding(bigEndian: true, byteOrderMark: true)
        : bytes.StartsWith<byte>([0xFF, 0xFE]) ? Encoding.Unicode
        : bytes.StartsWith<byte>([0xFE, 0xFF]) ? Encoding.BigEndianUnicode
        : null;

    /// <summary>Some broken bytes among letters that are whole do not make another encoding of it.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return true;
        }

        var (whole, broken) = (0, 0);
        while (!bytes.IsEmpty)
        {
            var isWhole = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            whole += isWhole && !rune.IsAscii ? 1 : 0;
            broken += isWhole ? 0 : 1;
            bytes = bytes[length..];
        }

        return whole > broken;
    }

    private static Encoding Utf16(ReadOnlySpan<byte> bytes) => bytes[0] == 0 ? Encoding.BigEndianUnicode : Encoding.Unicode;

    /// <summary>Latin-1 with the letters that Windows put where it has none.</summary>
    private static Encoding Western => CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static Encoding? Said(ReadOnlySpan<byte> bytes)
    {
        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, LookedAt)]);
        return Charset().Match(start) is { Success: true } said
            ? CodePagesEncodingProvider.Instance.GetEncoding(said.Groups["name"].Value)
            : null;
    }

    [GeneratedRegex(
        """<meta[^>]{0,200}charset\s*=\s*["']?(?<name>[\w-]{1,40})""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Charset();
}
