namespace Republic.Core.Scenarios.Drawing;

/// <summary>
/// Arranges a graph in layers from top to bottom, in the steps of Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of
/// Hierarchical System Structures", 1981: layers, their order, coordinates, routes. The same graph always gives the same picture.
/// </summary>
public static class GraphLayout
{
    /// <param name="nodes">With different names.</param>
    /// <param name="edges">One that names a node which is not there is left out.</param>
    public static GraphPicture Arrange(IReadOnlyList<GraphNode> nodes, IReadOnlyList<GraphEdge> edges, GraphSpacing? spacing = null)
    {
        spacing ??= new GraphSpacing();
        var numbers = Enumerable.Range(0, nodes.Count).ToDictionary(i => nodes[i].Name, StringComparer.Ordinal);
        var drawn = Enumerable
            .Range(0, edges.Count)
            .Where(i => numbers.ContainsKey(edges[i].From) && numbers.ContainsKey(edges[i].To))
            .ToList();
        var ends = drawn.ConvertAll(i => (From: numbers[edges[i].From], To: numbers[edges[i].To]));
        var loops = drawn.Where((_, i) => ends[i].From == ends[i].To).ToLookup(i => numbers[edges[i].From]);
        var widths = Enumerable.Range(0, nodes.Count).Select(node => loops[node].Sum(i => Routes.WidthOfLoop(edges[i]))).ToList();
        var graph = LayeredGraph.Of(nodes, drawn.ConvertAll(i => edges[i]), ends, widths);
        Ordering.Arrange(graph);
        Coordinates.Assign(graph, spacing);
        var left = graph.Vertices.Select(vertex => vertex.X - vertex.Left).DefaultIfEmpty(0).Min();
        foreach (var vertex in graph.Vertices)
        {
            vertex.X += spacing.Margin - left;
        }

        var routes = new Routes(graph, nodes, spacing);
        var placed = graph.Chains.Select(chain => routes.Edge(chain) with { Index = drawn[chain.Edge] }).ToList();
        foreach (var node in loops)
        {
            placed.AddRange(Loops(routes, graph.Vertices[node.Key], [.. node], edges));
        }

        return new GraphPicture(
            graph.Vertices.Select(vertex => vertex.X + vertex.Right).DefaultIfEmpty(spacing.Margin).Max() + spacing.Margin,
            routes.Bottom + spacing.Margin,
            [
                .. nodes.Select(
                    (node, i) =>
                        new PlacedNode(
                            node.Name,
                            graph.Vertices[i].X - graph.Vertices[i].Left,
                            routes.Top(graph.Vertices[i]),
                            node.Width,
                            node.Height
                        )
                ),
            ],
            [.. placed.OrderBy(edge => edge.Index)]
        );
    }

    /// <summary>Those of one node, each around the one before.</summary>
    private static IEnumerable<PlacedEdge> Loops(Routes routes, Vertex node, List<int> loops, IReadOnlyList<GraphEdge> edges)
    {
        var (before, label) = (0.0, 0.0);
        for (var i = 0; i < loops.Count; i++)
        {
            var loop = edges[loops[i]];
            yield return routes.Loop(loops[i], node, inner: i, all: loops.Count, before, label, loop);
            before += Routes.WidthOfLoop(loop);
            label = Math.Max(label, loop.LabelWidth > 0 ? loop.LabelHeight : 0);
        }
    }
}
