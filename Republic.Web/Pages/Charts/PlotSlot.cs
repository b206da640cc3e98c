namespace Republic.Web.Pages.Charts;

/// <summary>What a stretch of the axis says where somebody points at it.</summary>
public sealed record PlotSlot(double X, double Width, string Title);
