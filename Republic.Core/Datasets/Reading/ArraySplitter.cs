using System.Buffers;

namespace Republic.Core.Datasets.Reading;

/// <summary>
/// Takes the rows out of a JSON array, from behind its bracket on. What stands between two commas is a row, and its parser judges
/// it. What cannot be JSON is noticed where it stands, and reading goes on at the next line that begins a row: a bracket that is
/// missing in one row is not to swallow all others.
/// </summary>
internal sealed class ArraySplitter : RecordSplitter
{
    private const string NotClosed = "it is not JSON: a bracket or a quotation mark is missing in it";
    private static readonly SearchValues<byte> Marks = SearchValues.Create("[]{},\""u8);
    private static readonly SearchValues<byte> InText = SearchValues.Create("\"\\\n"u8);
    private int depth;

    /// <summary>A bit for each bracket that is open, the innermost last: whether it is one of an object.</summary>
    private ulong objects;
    private bool isDeep;
    private bool isText;
    private bool isEscaped;
    private byte last;
    private bool isClosed;

    /// <summary>How far rows are indented; null until one has begun a line.</summary>
    private int? indent;

    public override string? Missing => isClosed ? null : "the array is not closed: the file ends before its last bracket";

    public override int Separator => 1;

    public override int FindEnd(ReadOnlySpan<byte> more)
    {
        for (var at = 0; at < more.Length; )
        {
            if (isEscaped)
            {
                isEscaped = false;
                at++;
                continue;
            }

            var next = more[at..].IndexOfAny(isText ? InText : Marks);
            if (next < 0)
            {
                return -1;
            }

            at += next + 1;
            if (depth == 0 && more[at - 1] == '{')
            {
                indent ??= IndentOf(more[..(at - 1)]);
            }

            if (isText ? EndsText(more[at - 1]) : EndsRecord(more[at - 1]))
            {
                return at;
            }
        }

        return -1;
    }

    public override void CutOff()
    {
        if (depth > 0 || isText)
        {
            Broken = NotClosed;
        }
    }

    public override int FindRestart(ReadOnlySpan<byte> record)
    {
        for (var start = record.IndexOf((byte)'\n') + 1; start > 0; )
        {
            var line = record[start..];
            var white = line.Length - line.TrimStart(" \t"u8).Length;
            var begins = white < line.Length && line[white] == '{' && white == (indent ?? white);
            var closes = white < line.Length && line[white] == ']' && white < Math.Max(1, indent ?? 1);
            if (begins || closes)
            {
                return start;
            }

            var next = line.IndexOf((byte)'\n');
            start = next < 0 ? 0 : start + next + 1;
        }

        return -1;
    }

    public override void Restart()
    {
        base.Restart();
        (depth, objects, isDeep, isText, isEscaped, last) = (0, 0, false, false, false, 0);
    }

    private static int? IndentOf(ReadOnlySpan<byte> before)
    {
        var white = before.Length - before.TrimEnd(" \t"u8).Length;
        return white < before.Length && before[^(white + 1)] == '\n' ? white : null;
    }

    private bool EndsText(byte mark)
    {
        isEscaped = mark == '\\';
        isText = isEscaped;
        // JSON writes a line end inside a text as \n.
        return mark == '\n' && Breaks();
    }

    private bool EndsRecord(byte mark)
    {
        var before = last;
        last = mark;
        switch (mark)
        {
            case (byte)'"':
                isText = true;
                return false;
            // An object stands in another behind a name, never behind a comma: the one before was not closed.
            case (byte)'{' when before == ',' && IsInside(isObject: true):
                return Breaks();
            case (byte)'[' or (byte)'{':
                depth++;
                isDeep |= depth > 64;
                objects = (objects << 1) | (mark == '{' ? 1UL : 0);
                return false;
            case (byte)']' or (byte)'}' when depth > 0:
                if (IsInside(isObject: mark == ']'))
                {
                    return Breaks();
                }

                depth--;
                objects >>= 1;
                return false;
            default:
                isClosed |= depth == 0 && mark == ']';
                // A comma between rows, or the bracket that closes the array.
                return depth == 0;
        }
    }

    private bool IsInside(bool isObject) => depth > 0 && !isDeep && (objects & 1) == (isObject ? 1UL : 0);

    private bool Breaks()
    {
        Broken = NotClosed;
        return true;
    }
}
