namespace Republic.Web.Pages.Charts;

/// <summary>One series of one column.</summary>
/// <param name="X">Per cent of the width, as its width is.</param>
public sealed record PlotBar(double X, double Width, double Y, double Height, string Style);
