namespace Republic.Web.Pages.Charts;

/// <summary>A stretch of the axis with a tooltip.</summary>
public sealed record PlotSlot(double X, double Width, string Title);
