namespace Republic.Core.Scenarios.Drawing;

/// <summary>Where a node is drawn.</summary>
/// <param name="X">Of its left border.</param>
/// <param name="Y">Of its upper border.</param>
public sealed record PlacedNode(string Name, double X, double Y, double Width, double Height);
