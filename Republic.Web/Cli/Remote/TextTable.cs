namespace Republic.Web.Cli.Remote;

/// <summary>A table of plain text: a line of headings, and one for each row; numbers are set to the right.</summary>
internal static class TextTable
{
    public static string Of<T>(IReadOnlyList<(string Heading, bool IsNumber, Func<T, string> Text)> columns, IEnumerable<T> rows)
    {
        List<string[]> lines =
        [
            [.. columns.Select(column => column.Heading)],
            .. rows.Select(row => columns.Select(column => column.Text(row)).ToArray()),
        ];
        var widths = columns.Select((_, at) => lines.Max(line => line[at].Length)).ToArray();
        return string.Join('\n', lines.Select(Line));

        string Line(string[] cells) =>
            string.Join("  ", cells.Select((text, at) => columns[at].IsNumber ? text.PadLeft(widths[at]) : text.PadRight(widths[at])))
                .TrimEnd();
    }
}
