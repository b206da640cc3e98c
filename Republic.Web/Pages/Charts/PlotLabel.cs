namespace Republic.Web.Pages.Charts;

/// <summary>A label below the axis.</summary>
/// <param name="X">Per cent of the width.</param>
/// <param name="IsThin">Left out where the chart is narrow.</param>
public sealed record PlotLabel(double X, string Text, bool IsThin = false);
