using System.Globalization;
using System.Text;

namespace Republic.Web.Pages.Charts;

/// <summary>Draws what days or runs of them had.</summary>
internal static class DayPlot
{
    /// <summary>Per cent of the width, for charts of few days.</summary>
    private const double WidestBar = 8;
    private const double ShareOfSlot = 0.8;

    /// <summary>A stacked bar for each day.</summary>
    public static Plot Bars(ChartTable chart)
    {
        var rows = Within(chart);
        var axis = Axis.FromZero(chart.Unit, rows.Select(row => row.Cells.Sum(cell => cell.Value ?? 0)));
        var plot = new Plot(NameOf(chart), axis);
        var width = Math.Min(ShareOfSlot * chart.Days.Slot, WidestBar);
        return plot with
        {
            Along = chart.Days.Labels,
            Slots = Slots(chart, rows),
            Bars = [.. rows.SelectMany(row => Stack(plot, row, chart.Days.Middle(chart.Days.DayOf(row.At)) - (width / 2), width))],
        };
    }

    /// <summary>A line for each column, with gaps where a day has no figure.</summary>
    public static Plot Lines(ChartTable chart)
    {
        var rows = Within(chart);
        var plot = new Plot(NameOf(chart), Axis.FromZero(chart.Unit, chart.Values));
        var lines = Enumerable.Range(0, chart.Columns.Count).Select(column => Known(rows, column)).ToList();
        return plot with
        {
            Along = chart.Days.Labels,
            Slots = Slots(chart, rows),
            Lines = [.. lines.Select((line, i) => new PlotLine(Series.Line(i), Path(chart, plot, line)))],
            Dots = [.. lines.SelectMany((line, i) => Single(chart, line).Select(one => Dot(chart, plot, one, Series.Dot(i))))],
            Labels = LineLabel.Apart(lines.Where(line => line.Count > 0).Select(line => Last(chart, plot, line[^1])), plot.Height),
        };
    }

    /// <summary>For each row a dot before, a dot after, and a line that joins them.</summary>
    public static Plot Dots(ChartTable chart)
    {
        var rows = Within(chart);
        var plot = new Plot(NameOf(chart), Axis.Around(chart.Unit, chart.Values));
        return plot with
        {
            Along = chart.Days.Labels,
            Lines =
            [
                .. rows.Where(row => row.Cells.All(cell => cell.Value is not null))
                    .Select(row => new PlotLine("stem", $"M{string.Join('L', Points(chart, plot, row))}")),
            ],
            Dots =
            [
                .. rows.SelectMany(row =>
                    row.Cells.Select((cell, i) => (cell, i))
                        .Where(one => one.cell.Value is not null)
                        .Select(one => new PlotDot(chart.Days.X(row.At), plot.Y(one.cell.Value!.Value), Side(one.i), Title(chart, row)))
                ),
            ],
        };
    }

    /// <summary>The class of a figure from before, and of one from after.</summary>
    public static string Side(int column) => column == 0 ? "was" : "is";

    private static string NameOf(ChartTable chart) => $"{chart.Title}. {chart.Finding}";

    private static IReadOnlyList<ChartRow> Within(ChartTable chart) =>
        [.. chart.Rows.Where(row => chart.Days.Holds(row.At)).OrderBy(row => row.At)];

    private static IEnumerable<string> Points(ChartTable chart, Plot plot, ChartRow row) =>
        row.Cells.Select(cell => $"{Plot.N(chart.Days.X(row.At))} {Plot.N(plot.Y(cell.Value!.Value))}");

    private static IEnumerable<PlotBar> Stack(Plot plot, ChartRow row, double x, double width)
    {
        var foot = plot.Height;
        for (var i = 0; i < row.Cells.Count; i++)
        {
            var height = plot.BarHeight(row.Cells[i].Value ?? 0);
            if (height > 0)
            {
                foot -= height;
                yield return new(x, width, foot, height, Series.Bar(i));
            }
        }
    }

    private static IReadOnlyList<PlotSlot> Slots(ChartTable chart, IReadOnlyList<ChartRow> rows) =>
        [.. rows.Select(row => new PlotSlot(chart.Days.Start(chart.Days.DayOf(row.At)), chart.Days.Slot, Title(chart, row)))];

    private static string Title(ChartTable chart, ChartRow row) =>
        $"{row.Label}: {string.Join(", ", chart.Columns.Zip(row.Cells, (column, cell) => $"{column} {cell.Text}"))}";

    private static List<(DateTimeOffset At, double Value, string Text)> Known(IReadOnlyList<ChartRow> rows, int column) =>
        [
            .. rows.Where(row => row.Cells[column].Value is not null)
                .Select(row => (row.At, row.Cells[column].Value!.Value, row.Cells[column].Text)),
        ];

    private static string Path(ChartTable chart, Plot plot, List<(DateTimeOffset At, double Value, string Text)> line)
    {
        var path = new StringBuilder();
        for (var i = 0; i < line.Count; i++)
        {
            var day = chart.Days.DayOf(line[i].At);
            var isNext = i > 0 && day == chart.Days.DayOf(line[i - 1].At) + 1;
            path.Append(CultureInfo.InvariantCulture, $"{(isNext ? 'L' : 'M')}{chart.Days.Middle(day):0.##} {plot.Y(line[i].Value):0.##}");
        }

        return path.ToString();
    }

    /// <summary>A day between gaps would not be seen in a line; and the last one has its value beside it.</summary>
    private static IEnumerable<(DateTimeOffset At, double Value, string Text)> Single(
        ChartTable chart,
        List<(DateTimeOffset At, double Value, string Text)> line
    )
    {
        var days = line.Select(one => chart.Days.DayOf(one.At)).ToHashSet();
        return line.Where(
            (one, i) =>
                i == line.Count - 1 || (!days.Contains(chart.Days.DayOf(one.At) - 1) && !days.Contains(chart.Days.DayOf(one.At) + 1))
        );
    }

    private static PlotDot Dot(ChartTable chart, Plot plot, (DateTimeOffset At, double Value, string Text) one, string style) =>
        new(chart.Days.Middle(chart.Days.DayOf(one.At)), plot.Y(one.Value), style);

    private static LineLabel Last(ChartTable chart, Plot plot, (DateTimeOffset At, double Value, string Text) one) =>
        new(chart.Days.Middle(chart.Days.DayOf(one.At)), plot.Y(one.Value), one.Text);
}
