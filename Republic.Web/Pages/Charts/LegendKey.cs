namespace Republic.Web.Pages.Charts;

/// <summary>What one kind of mark means; drawn by the class that draws the marks.</summary>
public sealed record LegendKey(string Name, string Style, LegendShape Shape);
