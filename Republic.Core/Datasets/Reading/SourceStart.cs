using System.Text.Json;

namespace Republic.Core.Datasets.Reading;

/// <summary>What a source is, by its first bytes: its name and the browser's word are not asked.</summary>
internal static class SourceStart
{
    public const int Length = 1 << 16;

    /// <summary>Where the name of a zip archive's first file stands.</summary>
    private const int OfficeName = 30;
    private const int LinesLookedAt = 20;

    private static readonly (byte[] Magic, string What)[] Packed =
    [
        ([0x50, 0x4B, 0x03, 0x04], "a zip archive"),
        ([0x50, 0x4B, 0x05, 0x06], "a zip archive"),
        ([0x1F, 0x8B], "a gzip archive"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a zstd archive"),
        ([0x42, 0x5A, 0x68], "a bzip2 archive"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz archive"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive"),
        ([0x52, 0x61, 0x72, 0x21], "a RAR archive"),
    ];

    /// <summary>Null where rows may be in it, whatever is chosen for it later; else what is wrong with the file as a whole.</summary>
    /// <param name="start">Its first bytes, or all of it.</param>
    public static Failure? Refusal(ReadOnlySpan<byte> start) =>
        Judge(start[..Math.Min(start.Length, Length)], isWhole: start.Length <= Length).Failure;

    /// <param name="start">The first <see cref="SourceStart.Length"/> bytes, fewer where the source has fewer.</param>
    /// <param name="isWhole">Whether that is all of it.</param>
    /// <param name="isMapped">Whether columns were chosen, so that it is held for a table unless it begins as JSON.</param>
    public static Outcome<SourceKind> Judge(ReadOnlySpan<byte> start, bool isWhole, bool isMapped = false)
    {
        if (PackedAs(start) is { } packed)
        {
            return packed;
        }

        var text = start.StartsWith(RecordBytes.Mark) ? start[RecordBytes.Mark.Length..] : start;
        text = text.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty)
        {
            return Refuse(isWhole ? "The file is empty." : "The file begins with nothing but white space.");
        }

        var first = LineOf(text, out var rest);
        // Some bad lines before the others make no table of them, unless a person said that it is one.
        return Begins(text, JsonTokenType.StartArray) && !BeginsWithLists(text) ? SourceKind.Array
            : Begins(first, JsonTokenType.StartObject) || (!isMapped && HoldsObject(rest)) ? SourceKind.Lines
            : RecordBytes.IsUtf32(text) ? Refuse("This file is UTF-32. Save it as UTF-8, and upload it again.")
            : RecordBytes.IsUtf16(text) ? Refuse("This file is UTF-16. Save it as UTF-8, and upload it again.")
            : !IsText(text) ? Refuse("This is no text file. Datasets are JSONL, JSON or CSV in UTF-8.")
            : !isMapped && first.StartsWith("{"u8) ? SourceKind.Lines
            : SourceKind.Table;
    }

    /// <summary>A small archive can hold more than the disk, so none is opened.</summary>
    private static Failure? PackedAs(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("PAR1"u8))
        {
            return Refuse("This is a Parquet file. Save it as JSONL or CSV, and upload that.");
        }

        foreach (var (magic, what) in Packed)
        {
            if (start.StartsWith(magic))
            {
                return start.Length > OfficeName && start[OfficeName..].StartsWith("[Content_Types].xml"u8)
                    ? Refuse("This is an Office document. Save it as CSV, and upload that.")
                    : Refuse($"This is {what}. Unpack it and send the files in it, several at once if you like.");
            }
        }

        return null;
    }

    /// <summary>Whether one of the next lines is a row, which no line of a table is.</summary>
    private static bool HoldsObject(ReadOnlySpan<byte> rest)
    {
        for (var lines = 0; lines < LinesLookedAt && !rest.IsEmpty; lines++)
        {
            // The zero that ends a line of UTF-16.
            if (IsObject(LineOf(rest.TrimStart((byte)0), out rest)))
            {
                return true;
            }
        }

        return false;
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
        // Code in a table has lines of {} alone.
        if (!line.StartsWith("{"u8) || !line.Contains((byte)'"'))
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
