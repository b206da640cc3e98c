namespace Republic.Core.Scenarios.Drawing;

/// <summary>An edge of a graph that is to be drawn.</summary>
/// <param name="LabelWidth">In pixels; 0 without a label.</param>
public sealed record GraphEdge(string From, string To, double LabelWidth, double LabelHeight);
