using System.Text.Json;

namespace Republic.Core.Datasets.Reading;

/// <summary>What a source is, by its first bytes: its name and the browser's word are not asked.</summary>
internal static class SourceStart
{
    public const int Length = 1 << 16;

    private static readonly (byte[] Magic, string What)[] Packed =
    [
        ([0x50, 0x4B, 0x03, 0x04], "a zip archive (or an Office document)"),
        ([0x50, 0x4B, 0x05, 0x06], "an empty zip archive"),
        ([0x1F, 0x8B], "a gzip archive"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a zstd archive"),
        ([0x42, 0x5A, 0x68], "a bzip2 archive"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz archive"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive"),
        ([0x52, 0x61, 0x72, 0x21], "a RAR archive"),
    ];

    /// <param name="start">The first <see cref="SourceStart.Length"/> bytes, fewer where the source has fewer.</param>
    /// <param name="isWhole">Whether that is all of it.</param>
    /// <param name="isMapped">Whether columns were chosen, so that it is held for a table unless it begins as JSON.</param>
    public static Outcome<SourceKind> Judge(ReadOnlySpan<byte> start, bool isWhole, bool isMapped = false)
    {
        foreach (var (magic, what) in Packed)
        {
            if (start.StartsWith(magic))
            {
                return Refuse($"This is {what}. Unpack it, and upload the JSONL or CSV file that is in it.");
            }
        }

        if (start.StartsWith("PAR1"u8))
        {
            return Refuse("This is a Parquet file. Save it as JSONL or CSV, and upload that.");
        }

        if (start.StartsWith<byte>([0xFF, 0xFE]) || start.StartsWith<byte>([0xFE, 0xFF]))
        {
            return Refuse("This file is UTF-16. Save it as UTF-8, and upload it again.");
        }

        var text = start.StartsWith(RecordBytes.Mark) ? start[RecordBytes.Mark.Length..] : start;
        if (text.Trim(" \t\r\n"u8).IsEmpty)
        {
            return Refuse(isWhole ? "The file is empty." : "The file begins with nothing but white space.");
        }

        text = text.TrimStart(" \t\r\n"u8);
        var first = LineOf(text, out var rest);
        // One bad line before the others makes no table of them, unless a person said that it is one.
        return Begins(text, JsonTokenType.StartArray) && !BeginsWithLists(text) ? SourceKind.Array
            : Begins(first, JsonTokenType.StartObject) || (!isMapped && IsObject(LineOf(rest, out _))) ? SourceKind.Lines
            : !IsText(text) ? Refuse("This is no text file. Datasets are JSONL, JSON or CSV in UTF-8.")
            : !isMapped && first.StartsWith("{"u8) ? SourceKind.Lines
            : SourceKind.Table;
    }

    private static Failure Refuse(string message) => Failure.Invalid("file", message);

    /// <summary>Whether each line is a list of its own, which is no array over several lines.</summary>
    private static bool BeginsWithLists(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n"u8);
        var end = text.IndexOf((byte)'\n');
        return end > 0 && text[..end].TrimEnd(" \t\r"u8).EndsWith("]"u8) && text[end..].TrimStart(" \t\r\n"u8).StartsWith("["u8);
    }

    private static ReadOnlySpan<byte> LineOf(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> rest)
    {
        text = text.TrimStart(" \t\r\n"u8);
        var end = text.IndexOf((byte)'\n');
        rest = end < 0 ? default : text[(end + 1)..];
        return (end < 0 ? text : text[..end]).TrimEnd(" \t\r"u8);
    }

    /// <summary>Whether JSON begins so, and not a table whose first column is called <c>{city}</c> or <c>[prompt]</c>.</summary>
    private static bool Begins(ReadOnlySpan<byte> text, JsonTokenType opening)
    {
        try
        {
            var reader = new Utf8JsonReader(text, isFinalBlock: false, default);
            var opens = reader.Read() && reader.TokenType == opening;
            reader.Read();
            return opens;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsObject(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("{"u8))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(line);
            while (reader.Read()) { }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Judged leniently: a table with some bad lines is a table. Its last character may be cut.</summary>
    private static bool IsText(ReadOnlySpan<byte> text)
    {
        var controls = 0;
        foreach (var value in text)
        {
            controls += value < 32 && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r') ? 1 : 0;
        }

        return controls * 50 <= text.Length;
    }
}
