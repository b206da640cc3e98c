namespace Republic.Web.Pages.Training;

/// <summary>One point of a line.</summary>
public sealed record ChartPoint(double X, double Y);
