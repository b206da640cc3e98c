namespace Republic.Web.Pages.Charts;

/// <summary>A point, with a tooltip or without.</summary>
public sealed record PlotDot(double X, double Y, string Style, string? Title = null);
