using Republic.Core.Scenarios.Drawing;

namespace Republic.Bench;

/// <summary>What dagre made of a graph.</summary>
/// <param name="Milliseconds">Of its layout, without what it takes to send it.</param>
internal sealed record Drawn(double Milliseconds, List<List<GraphPoint>> Edges);
