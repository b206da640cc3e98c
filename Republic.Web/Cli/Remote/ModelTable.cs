using System.Globalization;

namespace Republic.Web.Cli.Remote;

/// <summary>The output of <c>republic list</c>: a table with one line for each model.</summary>
internal static class ModelTable
{
    private const int LongestName = 40;

    private static readonly (string Heading, bool IsNumber, Func<RemoteModel, string> Text)[] Columns =
    [
        ("Name", false, model => RemoteText.Cut(model.Name, LongestName)),
        ("Model", false, model => RemoteText.Cut(model.Source, LongestName)),
        ("Size", true, model => model.Size),
        ("Status", false, model => model.State),
        ("Speed", true, model => model.Speed ?? ""),
        ("Used", true, model => model.UsageCount?.ToString("N0", CultureInfo.InvariantCulture) ?? ""),
    ];

    public static string Of(IReadOnlyList<RemoteModel> models)
    {
        List<string[]> rows =
        [
            [.. Columns.Select(column => column.Heading)],
        ];
        rows.AddRange(models.Select(model => Columns.Select(column => column.Text(model)).ToArray()));
        var widths = Columns.Select((_, at) => rows.Max(row => row[at].Length)).ToArray();
        return string.Join('\n', rows.Select(row => Line(row, widths)));
    }

    private static string Line(string[] row, int[] widths) =>
        string.Join("  ", row.Select((text, at) => Columns[at].IsNumber ? text.PadLeft(widths[at]) : text.PadRight(widths[at]))).TrimEnd();
}
