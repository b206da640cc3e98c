using System.Text;
using Republic.Core.Datasets.Rows;

namespace Republic.Core.Datasets.Versions;

/// <summary>Looks for a text in blocks of lines as they are, and reads only those lines as rows that hold it somewhere.</summary>
internal sealed class SampleSearch(VersionReader version, string text)
{
    private const int RowsAtOnce = 1024;
    private const int BytesAtOnce = 1 << 20;

    /// <summary>As it is written in a line, where quotation marks and line ends are escaped.</summary>
    private readonly string written = SampleJson.Escape(text);
    private byte[] bytes = new byte[1 << 20];
    private char[] characters = new char[1 << 20];

    public SearchPage Find(int from, int limit, CancellationToken ct)
    {
        var found = new List<SampleRow>();
        IndexRow[] rows;
        for (var first = from; first < version.Count; first += rows.Length)
        {
            ct.ThrowIfCancellationRequested();
            rows = Block(first);
            var hits = Lines(rows);
            foreach (var i in hits)
            {
                var messages = SampleFile.Parse(bytes.AsSpan((int)(rows[i].Offset - rows[0].Offset), rows[i].Length));
                if (!messages.Exists(message => message.Content.Contains(text, StringComparison.OrdinalIgnoreCase)))
                {
                    continue;
                }

                found.Add(VersionReader.ToRow(first + i, rows[i], messages));
                if (found.Count == limit)
                {
                    return new SearchPage(found, first + i + 1 < version.Count ? first + i + 1 : null);
                }
            }
        }

        return new SearchPage(found, null);
    }

    private IndexRow[] Block(int first)
    {
        var rows = version.Index.Read(first, RowsAtOnce);
        var fits = rows.TakeWhile(row => row.Offset + row.Length - rows[0].Offset <= BytesAtOnce).Count();
        return rows[..Math.Max(1, fits)];
    }

    /// <summary>The numbers of the rows whose line holds the text.</summary>
    private List<int> Lines(IndexRow[] rows)
    {
        var length = (int)(rows[^1].Offset + rows[^1].Length - rows[0].Offset);
        if (bytes.Length < length)
        {
            (bytes, characters) = (new byte[length], new char[length]);
        }

        version.Samples.Read(bytes.AsSpan(0, length), rows[0].Offset);
        var rest = characters.AsSpan(0, Encoding.UTF8.GetChars(bytes.AsSpan(0, length), characters));
        var hits = new List<int>();
        var row = 0;
        for (; !rest.IsEmpty; row++)
        {
            var at = ((ReadOnlySpan<char>)rest).IndexOf(written, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                break;
            }

            row += rest[..at].Count('\n');
            hits.Add(row);
            rest = rest[at..];
            rest = rest[(rest.IndexOf('\n') + 1)..];
        }

        return hits;
    }
}
