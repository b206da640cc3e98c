namespace Republic.Web.Pages.Charts;

/// <summary>A point; with what it says where somebody points at it.</summary>
public sealed record PlotDot(double X, double Y, string Style, string? Title = null);
