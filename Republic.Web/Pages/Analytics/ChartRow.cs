namespace Republic.Web.Pages.Analytics;

/// <param name="At">Where it stands on the axis.</param>
/// <param name="Label">What the row is called.</param>
public sealed record ChartRow(DateTimeOffset At, string Label, IReadOnlyList<ChartCell> Cells);
