namespace Republic.Core.Scenarios.Drawing;

/// <summary>Draws edges from border to border through the vertices of their chains.</summary>
internal sealed class Routes
{
    private const double LoopWidth = 22;
    private const double LoopGap = 4;

    /// <summary>Above and below each layer of nodes edges are vertical, so that arrows do not lie flat on borders.</summary>
    private const double Stub = 8;

    private readonly LayeredGraph graph;
    private readonly IReadOnlyList<GraphNode> nodes;
    private readonly double[] tops;
    private readonly double[] heights;

    /// <summary>Where the chains begin and end at the borders of their nodes.</summary>
    private readonly Dictionary<(Vertex Node, Chain Chain), double> ports = [];

    public Routes(LayeredGraph graph, IReadOnlyList<GraphNode> nodes, GraphSpacing spacing)
    {
        (this.graph, this.nodes) = (graph, nodes);
        heights = [.. graph.Layers.Select(layer => layer.Select(vertex => vertex.Height).DefaultIfEmpty(0).Max())];
        tops = new double[heights.Length];
        for (var (i, y) = (0, spacing.Margin); i < tops.Length; i++)
        {
            tops[i] = y;
            y += heights[i] + spacing.Ranks;
        }

        Bottom = tops.Length == 0 ? spacing.Margin : tops[^1] + heights[^1];
        foreach (var vertex in graph.Vertices.Where(vertex => !vertex.IsBend))
        {
            Spread(vertex, [.. graph.Chains.Where(chain => chain.Vertices[0] == vertex).OrderBy(chain => chain.Vertices[1].X)]);
            Spread(vertex, [.. graph.Chains.Where(chain => chain.Vertices[^1] == vertex).OrderBy(chain => chain.Vertices[^2].X)]);
        }
    }

    /// <summary>The lowest border of all.</summary>
    public double Bottom { get; }

    /// <summary>What a node needs at its right for a loop with such a label, in pixels.</summary>
    public static double WidthOfLoop(GraphEdge loop) => LoopWidth + (loop.LabelWidth > 0 ? LoopGap + loop.LabelWidth : 0);

    /// <summary>A node stands in the middle of the height of its layer.</summary>
    public double Top(Vertex vertex) => tops[vertex.Layer] + ((heights[vertex.Layer] - vertex.Height) / 2);

    public PlacedEdge Edge(Chain chain)
    {
        List<GraphPoint> points = [];
        var (first, last) = (chain.Vertices[0], chain.Vertices[^1]);
        Down(points, ports[(first, chain)], Top(first) + first.Height, Below(first));
        foreach (var bend in chain.Vertices.Skip(1).SkipLast(1))
        {
            Down(points, bend.X, Above(bend), Below(bend));
        }

        Down(points, ports[(last, chain)], Above(last), Top(last));
        if (chain.IsTurned)
        {
            points.Reverse();
        }

        var label = chain.Label is { } at ? new GraphPoint(at.X, tops[at.Layer] + (heights[at.Layer] / 2)) : null;
        return new PlacedEdge(chain.Edge, Straight(points), label);
    }

    /// <param name="inner">How many loops of the node are between it and its node, of <paramref name="all"/>.</param>
    /// <param name="before">Their width, in pixels.</param>
    /// <param name="label">Height of the highest label of those loops, in pixels.</param>
    public PlacedEdge Loop(int index, Vertex node, int inner, int all, double before, double label, GraphEdge loop)
    {
        const double Slant = 8;
        var (right, middle, half) = (node.X + (nodes[node.Node!.Value].Width / 2), Top(node) + (node.Height / 2), node.Height / 2);
        // However many there are, all run above and below the labels of those between.
        var clear = inner == 0 ? 0 : Math.Min((label / 2) + 1, half);
        var (x, up) = (right + before + LoopWidth, clear + ((half - clear) * (inner + 1) / (all + 1)));
        // A node whose upper border is a corner has one at its right, too.
        List<GraphPoint> points =
            nodes[node.Node.Value].PortWidth > 0
                ? [new(right, middle - up), new(x, middle - up), new(x, middle + up), new(right, middle + up)]
                :
                [
                    new(right, middle),
                    new(right + Slant, middle - up),
                    new(x, middle - up),
                    new(x, middle + up),
                    new(right + Slant, middle + up),
                    new(right, middle),
                ];
        return new PlacedEdge(index, points, loop.LabelWidth > 0 ? new GraphPoint(x + LoopGap + (loop.LabelWidth / 2), middle) : null);
    }

    // All edges, long ones too, slant between the same heights: otherwise those that need not cross could.
    private double Above(Vertex vertex) => tops[vertex.Layer] - (vertex.Layer % 2 == 0 ? Stub : 0);

    private double Below(Vertex vertex) => tops[vertex.Layer] + heights[vertex.Layer] + (vertex.Layer % 2 == 0 ? Stub : 0);

    private void Spread(Vertex node, IReadOnlyList<Chain> chains)
    {
        var width = nodes[node.Node!.Value].PortWidth;
        for (var i = 0; i < chains.Count; i++)
        {
            ports[(node, chains[i])] = node.X + (width * (((i + 0.5) / chains.Count) - 0.5));
        }
    }

    private static void Down(List<GraphPoint> points, double x, double from, double to)
    {
        points.Add(new GraphPoint(x, from));
        if (to > from)
        {
            points.Add(new GraphPoint(x, to));
        }
    }

    /// <summary>Without the points that lie on the line between their neighbours.</summary>
    private static List<GraphPoint> Straight(List<GraphPoint> points)
    {
        List<GraphPoint> kept = [points[0]];
        for (var i = 1; i < points.Count - 1; i++)
        {
            var (before, here, after) = (kept[^1], points[i], points[i + 1]);
            var bend = ((here.X - before.X) * (after.Y - here.Y)) - ((after.X - here.X) * (here.Y - before.Y));
            if (Math.Abs(bend) > 0.01)
            {
                kept.Add(here);
            }
        }

        kept.Add(points[^1]);
        return kept;
    }
}
