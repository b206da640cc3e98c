namespace Republic.Web.Pages.Charts;

/// <param name="At">When it was; of a day, its beginning in UTC.</param>
/// <param name="Label">What the row is called.</param>
public sealed record ChartRow(DateTimeOffset At, string Label, IReadOnlyList<ChartCell> Cells);
