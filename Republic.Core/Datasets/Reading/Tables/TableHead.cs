namespace Republic.Core.Datasets.Reading.Tables;

/// <summary>The first record of a table: its columns, and where the records begin.</summary>
/// <param name="Length">Of the record with its line end, from where the table starts.</param>
internal sealed record TableHead(byte Delimiter, IReadOnlyList<string> Columns, int Length, int Lines)
{
    public const int MostColumns = 1000;
    private static readonly byte[] Delimiters = [(byte)',', (byte)';', (byte)'\t', (byte)'|'];

    /// <param name="start">Of the source, without its byte order mark.</param>
    public static Outcome<TableHead> Read(ReadOnlySpan<byte> start)
    {
        var blank = start.Length - start.TrimStart("\r\n"u8).Length;
        TableHead? best = null;
        foreach (var delimiter in Delimiters)
        {
            var end = new TableSplitter(delimiter).FindEnd(start[blank..]);
            var length = end < 0 ? start.Length : blank + end;
            var columns = TableRowParser.Texts(start[blank..length].TrimEnd("\r\n"u8), delimiter, MostColumns + 1);
            if (best is null || columns.Count > best.Columns.Count)
            {
                best = new TableHead(delimiter, [.. columns.Select(column => column.Trim())], length, start[..length].Count((byte)'\n'));
            }
        }

        return best!.Columns.Count > MostColumns
            ? Failure.Invalid(
                "file",
                FormattableString.Invariant($"The table has more than {MostColumns:n0} columns. Leave those out that are no text.")
            )
            : best;
    }

    /// <summary>The first records, to choose columns by.</summary>
    /// <param name="isWhole">Else the last of them is cut, and left out.</param>
    public IReadOnlyList<IReadOnlyList<string>> Records(ReadOnlySpan<byte> start, bool isWhole, int most)
    {
        var records = new List<IReadOnlyList<string>>();
        var splitter = new TableSplitter(Delimiter);
        var rest = start[Length..];
        while (records.Count < most && !rest.IsEmpty)
        {
            var end = splitter.FindEnd(rest);
            if (splitter.Broken is not null || (end < 0 && !isWhole))
            {
                break;
            }

            var record = (end < 0 ? rest : rest[..end]).TrimEnd("\r\n"u8);
            rest = end < 0 ? default : rest[end..];
            if (!record.IsEmpty)
            {
                var texts = TableRowParser.Texts(record, Delimiter, Columns.Count);
                records.Add([.. texts, .. Enumerable.Repeat("", Columns.Count - texts.Count)]);
            }
        }

        return records;
    }
}
