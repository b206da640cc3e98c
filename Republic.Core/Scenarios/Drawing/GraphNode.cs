namespace Republic.Core.Scenarios.Drawing;

/// <summary>A node of a graph that is to be drawn. Lengths are in pixels.</summary>
/// <param name="PortWidth">How much of its upper and lower border edges may begin and end at, in the middle; 0 for the middle alone.</param>
public sealed record GraphNode(string Name, double Width, double Height, double PortWidth);
