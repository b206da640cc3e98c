namespace Republic.Web.Pages.Scenarios.Graph;

/// <summary>A transition as it is drawn.</summary>
/// <param name="Label">Null for one that is always taken.</param>
/// <param name="Whole">The label where it was cut.</param>
public sealed record GraphEdgeView(string Path, string? Label, string? Whole, string LabelX, string LabelY, bool IsTaken);
