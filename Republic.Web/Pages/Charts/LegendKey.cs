namespace Republic.Web.Pages.Charts;

/// <summary>An entry of the legend, in the CSS class of the marks it explains.</summary>
public sealed record LegendKey(string Name, string Style, LegendShape Shape);
