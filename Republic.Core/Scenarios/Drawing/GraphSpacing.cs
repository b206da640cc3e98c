namespace Republic.Core.Scenarios.Drawing;

/// <summary>What is left free, in pixels.</summary>
/// <param name="Nodes">Between nodes beside each other.</param>
/// <param name="Edges">Between edges beside each other.</param>
/// <param name="Ranks">Between a row of nodes and the row of labels below it, and between that and the next nodes.</param>
/// <param name="Margin">Around all.</param>
public sealed record GraphSpacing(double Nodes = 36, double Edges = 18, double Ranks = 24, double Margin = 16);
