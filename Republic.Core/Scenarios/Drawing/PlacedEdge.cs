namespace Republic.Core.Scenarios.Drawing;

/// <summary>How an edge is drawn.</summary>
/// <param name="Index">Of the edge in what was to be drawn.</param>
/// <param name="Points">From the border of one node to that of the other.</param>
/// <param name="Label">The middle of its label; null without one.</param>
public sealed record PlacedEdge(int Index, IReadOnlyList<GraphPoint> Points, GraphPoint? Label);
