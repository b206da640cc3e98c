namespace Republic.Web.Pages.Charts;

/// <summary>One point of a line.</summary>
public sealed record ChartPoint(double X, double Y);
