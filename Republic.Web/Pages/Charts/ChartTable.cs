namespace Republic.Web.Pages.Charts;

/// <summary>A chart over days and the table below it: both show these rows.</summary>
/// <param name="Finding">What there is to see, in a sentence.</param>
public sealed record ChartTable(
    string Id,
    string Title,
    string Finding,
    ChartKind Kind,
    IReadOnlyList<string> Columns,
    IReadOnlyList<ChartRow> Rows
)
{
    public required DayAxis Days { get; init; }

    public required AxisUnit Unit { get; init; }

    /// <summary>Heading of the table's first column.</summary>
    public string Head => Kind == ChartKind.Dots ? "Run" : "Day";

    /// <summary>Something is known that can be drawn.</summary>
    public bool CanDraw => Values.Any();

    public IEnumerable<double> Values => Rows.SelectMany(row => row.Cells).Select(cell => cell.Value).OfType<double>();

    public IEnumerable<LegendKey> Legend =>
        Columns.Select(
            (name, i) =>
                Kind switch
                {
                    ChartKind.Bars => new LegendKey(name, Series.Bar(i), LegendShape.Bar),
                    ChartKind.Lines => new LegendKey(name, Series.Line(i), LegendShape.Line),
                    _ => new LegendKey(name, DayPlot.Side(i), LegendShape.Dot),
                }
        );

    public Plot Plot =>
        Kind switch
        {
            ChartKind.Bars => DayPlot.Bars(this),
            ChartKind.Lines => DayPlot.Lines(this),
            _ => DayPlot.Dots(this),
        };
}
