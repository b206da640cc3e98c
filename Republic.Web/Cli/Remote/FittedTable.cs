namespace Republic.Web.Cli.Remote;

/// <summary>A table that fits the terminal: columns that hold nothing are left out, and the text of the last one is cut.</summary>
internal static class FittedTable
{
    private const int LeastText = 16;
    private const string Gap = "  ";

    /// <param name="columns">All but the last.</param>
    /// <param name="last">The column whose text may be long.</param>
    /// <param name="width">The width of the terminal in characters; 0 cuts nothing.</param>
    public static string Of<T>(
        IReadOnlyList<T> rows,
        IEnumerable<(string Heading, Func<T, string> Text)> columns,
        (string Heading, Func<T, string> Text) last,
        int width
    )
    {
        var kept = columns.Where(column => rows.Any(row => column.Text(row).Length > 0)).ToList();
        List<(string[] Cells, string Text)> lines = [([.. kept.Select(column => column.Heading)], last.Heading)];
        lines.AddRange(rows.Select(row => (kept.Select(column => column.Text(row)).ToArray(), last.Text(row))));
        var widths = kept.Select((_, at) => lines.Max(line => line.Cells[at].Length)).ToArray();
        var left = width == 0 ? int.MaxValue : Math.Max(LeastText, width - widths.Sum(cell => cell + Gap.Length));
        return string.Join('\n', lines.Select(line => Line(line.Cells, widths, RemoteText.Cut(line.Text, left))));
    }

    private static string Line(string[] cells, int[] widths, string text) =>
        string.Join(Gap, cells.Select((cell, at) => cell.PadRight(widths[at])).Append(text)).TrimEnd();
}
