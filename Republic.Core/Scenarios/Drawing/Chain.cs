namespace Republic.Core.Scenarios.Drawing;

/// <summary>An edge as the vertices that it runs through, from the upper node to the lower one.</summary>
/// <param name="IsTurned">It leads from the lower node to the upper one.</param>
/// <param name="Label">The vertex that its label stands at; null without one.</param>
internal sealed record Chain(int Edge, bool IsTurned, IReadOnlyList<Vertex> Vertices, Vertex? Label);
