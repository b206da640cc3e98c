namespace Republic.Web.Pages.Analytics;

/// <summary>A chart and the table below it: both show these rows, the script draws what it reads in the table.</summary>
/// <param name="Finding">What there is to see, in a sentence.</param>
/// <param name="Kind"><c>days</c> where a day without a row is 0, <c>gaps</c> where it is a gap, or <c>points</c> at moments of their own.</param>
public sealed record ChartTable(
    string Id,
    string Title,
    string Finding,
    string Kind,
    IReadOnlyList<string> Columns,
    IReadOnlyList<ChartRow> Rows
)
{
    /// <summary>What the first column is called.</summary>
    public string Head => Kind == "points" ? "Run" : "Day";
}
