using System.Globalization;
using System.Text;
using Republic.Core.Datasets.Reading.Tables;

namespace Republic.Core.Knowledge.Reading;

/// <summary>CSV: each record as lines of "column: value", so that a row says by itself what its figures mean.</summary>
internal static class TableReader
{
    /// <summary>
    /// How many times its length may be read again. Where no record is ever closed, each line would read the rest of the file; after so much
    /// a record has to end in the line that it begins in, and time grows with the file alone.
    /// </summary>
    private const long MostReadAgain = 16;

    public static void Read(string text, BlockWriter into, CancellationToken ct)
    {
        var bytes = Encoding.UTF8.GetBytes(text).AsSpan();
        var read = TableHead.Read(bytes);
        if (!read.Ok)
        {
            throw new UnreadableException(read.Failure.Message);
        }

        var head = read.Value;
        var splitter = new TableSplitter(head.Delimiter);
        var rest = bytes[head.Length..];
        var readAgain = 0L;
        while (!rest.IsEmpty)
        {
            ct.ThrowIfCancellationRequested();
            var line = splitter.FindRestart(rest) is var next and >= 0 ? rest[..next] : rest;
            var record = readAgain > MostReadAgain * bytes.Length ? line : rest;
            var end = splitter.FindEnd(record);
            if (end < 0)
            {
                splitter.CutOff();
                end = record.Length;
            }

            if (splitter.Broken is not null)
            {
                // The line as it stands is still something to find.
                readAgain += Math.Max(0, end - line.Length);
                end = line.Length;
                splitter.Restart();
                into.Add(BlockKind.Paragraph, Encoding.UTF8.GetString(line));
            }
            else
            {
                into.Add(
                    BlockKind.Row,
                    Lines(head, TableRowParser.Texts(rest[..end].TrimEnd("\r\n"u8), head.Delimiter, TableHead.MostColumns))
                );
            }

            rest = rest[end..];
        }
    }

    private static string Lines(TableHead head, List<string> values)
    {
        var lines = new StringBuilder();
        for (var at = 0; at < values.Count; at++)
        {
            if (!string.IsNullOrWhiteSpace(values[at]))
            {
                var name = at < head.Columns.Count && head.Columns[at].Length > 0 ? head.Columns[at] : null;
                lines.Append(CultureInfo.InvariantCulture, $"{name ?? $"Column {at + 1}"}: {values[at].Trim()}\n");
            }
        }

        return lines.ToString();
    }
}
