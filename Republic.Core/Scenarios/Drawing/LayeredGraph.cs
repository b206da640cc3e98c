namespace Republic.Core.Scenarios.Drawing;

/// <summary>A graph in layers, in which each edge is cut where it crosses one.</summary>
internal sealed class LayeredGraph
{
    private readonly List<Vertex> vertices = [];

    private LayeredGraph(int layers) => Layers = [.. Enumerable.Range(0, layers).Select(_ => new List<Vertex>())];

    /// <summary>From top to bottom, each from left to right.</summary>
    public IReadOnlyList<List<Vertex>> Layers { get; }

    public List<Chain> Chains { get; } = [];

    public IReadOnlyList<Vertex> Vertices => vertices;

    /// <param name="ends">The numbers of the nodes of each edge.</param>
    /// <param name="loops">What each node needs for loops at its right.</param>
    public static LayeredGraph Of(
        IReadOnlyList<GraphNode> nodes,
        IReadOnlyList<GraphEdge> edges,
        IReadOnlyList<(int From, int To)> ends,
        IReadOnlyList<double> loops
    )
    {
        var (layers, isTurned) = Ranking.Of(nodes.Count, ends);
        var graph = new LayeredGraph(layers.DefaultIfEmpty(-1).Max() + 1);
        for (var i = 0; i < nodes.Count; i++)
        {
            graph.Add(layers[i], i, nodes[i].Width / 2, (nodes[i].Width / 2) + loops[i], nodes[i].Height);
        }

        for (var i = 0; i < edges.Count; i++)
        {
            var (from, to) = ends[i];
            if (from != to)
            {
                graph.AddChain(i, isTurned[i], edges[i], isTurned[i] ? to : from, isTurned[i] ? from : to);
            }
        }

        return graph;
    }

    private Vertex Add(int layer, int? node, double left, double right, double height)
    {
        var vertex = new Vertex(vertices.Count, layer, node, left, right, height);
        vertices.Add(vertex);
        Layers[layer].Add(vertex);
        return vertex;
    }

    private void AddChain(int index, bool isTurned, GraphEdge edge, int upper, int lower)
    {
        List<Vertex> chain = [vertices[upper]];
        // A label stands where its edge begins.
        var labelled = isTurned ? vertices[lower].Layer - 1 : vertices[upper].Layer + 1;
        Vertex? label = null;
        for (var layer = vertices[upper].Layer + 1; layer < vertices[lower].Layer; layer++)
        {
            var isLabel = layer == labelled && edge.LabelWidth > 0;
            var bend = Add(
                layer,
                node: null,
                isLabel ? edge.LabelWidth / 2 : 0,
                isLabel ? edge.LabelWidth / 2 : 0,
                isLabel ? edge.LabelHeight : 0
            );
            label = isLabel ? bend : label;
            chain.Add(bend);
        }

        chain.Add(vertices[lower]);
        for (var i = 1; i < chain.Count; i++)
        {
            chain[i - 1].Down.Add(chain[i]);
            chain[i].Up.Add(chain[i - 1]);
        }

        Chains.Add(new Chain(index, isTurned, chain, label));
    }
}
