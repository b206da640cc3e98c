namespace Republic.Core.Scenarios.Drawing;

/// <summary>A graph as it is drawn.</summary>
/// <param name="Nodes">In the order in which they were given.</param>
/// <param name="Edges">In the order in which they were given, without those between nodes that there are not.</param>
public sealed record GraphPicture(double Width, double Height, IReadOnlyList<PlacedNode> Nodes, IReadOnlyList<PlacedEdge> Edges);
