namespace Republic.Web.Pages.Charts;

/// <summary>A line, drawn in per cent of the width and pixels of the height.</summary>
public sealed record PlotLine(string Style, string Path);
