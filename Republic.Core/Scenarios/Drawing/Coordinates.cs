namespace Republic.Core.Scenarios.Drawing;

/// <summary>
/// Gives each vertex its x so that long edges are straight and neighbours keep their distance, as in Brandes and Köpf, "Fast and Simple
/// Horizontal Coordinate Assignment", 2001: four alignments, each as far to one side as it goes, and of each vertex the mean of the two in
/// the middle.
/// </summary>
internal sealed class Coordinates
{
    private readonly LayeredGraph graph;
    private readonly GraphSpacing spacing;

    /// <summary>Segments that would bend a long edge, by the numbers of their vertices.</summary>
    private readonly HashSet<(int Upper, int Lower)> conflicts = [];

    private Coordinates(LayeredGraph graph, GraphSpacing spacing) => (this.graph, this.spacing) = (graph, spacing);

    public static void Assign(LayeredGraph graph, GraphSpacing spacing)
    {
        if (graph.Vertices.Count == 0)
        {
            return;
        }

        var coordinates = new Coordinates(graph, spacing);
        coordinates.FindConflicts();
        List<double[]> layouts = [];
        foreach (var isDown in new[] { true, false })
        {
            foreach (var isMirrored in new[] { false, true })
            {
                layouts.Add(coordinates.Layout(isDown, isMirrored));
            }
        }

        coordinates.Balance(layouts);
    }

    // Where a segment of a long edge, between two bends, crosses one that begins or ends at a node, the long edge stays straight.
    private void FindConflicts()
    {
        for (var i = 1; i < graph.Layers.Count; i++)
        {
            var (upper, lower) = (graph.Layers[i - 1], graph.Layers[i]);
            var (begin, scanned) = (0, 0);
            for (var at = 0; at < lower.Count; at++)
            {
                var inner = lower[at].IsBend ? lower[at].Up.Find(above => above.IsBend) : null;
                if (inner is null && at < lower.Count - 1)
                {
                    continue;
                }

                var end = inner?.Order ?? upper.Count - 1;
                for (; scanned <= at; scanned++)
                {
                    foreach (var above in lower[scanned].Up)
                    {
                        if ((above.Order < begin || above.Order > end) && !(above.IsBend && lower[scanned].IsBend))
                        {
                            conflicts.Add((above.Id, lower[scanned].Id));
                        }
                    }
                }

                begin = end;
            }
        }
    }

    /// <param name="isDown">Vertices are aligned with those above them.</param>
    /// <param name="isMirrored">To the right instead of to the left.</param>
    private double[] Layout(bool isDown, bool isMirrored)
    {
        var layers = isDown ? graph.Layers.ToList() : graph.Layers.Reverse().ToList();
        if (isMirrored)
        {
            layers = layers.ConvertAll(layer => Enumerable.Reverse(layer).ToList());
        }

        var roots = Align(layers, isDown, isMirrored);
        var x = Compact(layers, roots, isMirrored);
        return isMirrored ? Array.ConvertAll(x, one => -one) : x;
    }

    /// <summary>Aligns each vertex with the middle one of its neighbours in the layer before, where that crosses no other alignment.</summary>
    /// <returns>For each vertex the first of its block, whose vertices have one x.</returns>
    private int[] Align(List<List<Vertex>> layers, bool isDown, bool isMirrored)
    {
        var roots = Enumerable.Range(0, graph.Vertices.Count).ToArray();
        var isTaken = new bool[graph.Vertices.Count];
        for (var i = 1; i < layers.Count; i++)
        {
            var last = layers[i - 1].Count;
            int Position(Vertex vertex) => isMirrored ? last - 1 - vertex.Order : vertex.Order;
            var furthest = -1;
            foreach (var vertex in layers[i])
            {
                var neighbours = (isDown ? vertex.Up : vertex.Down).OrderBy(Position).ToList();
                for (var middle = (neighbours.Count - 1) / 2; neighbours.Count > 0 && middle <= neighbours.Count / 2; middle++)
                {
                    var neighbour = neighbours[middle];
                    var segment = isDown ? (neighbour.Id, vertex.Id) : (vertex.Id, neighbour.Id);
                    if (
                        roots[vertex.Id] == vertex.Id
                        && !isTaken[neighbour.Id]
                        && furthest < Position(neighbour)
                        && !conflicts.Contains(segment)
                    )
                    {
                        (roots[vertex.Id], isTaken[neighbour.Id], furthest) = (roots[neighbour.Id], true, Position(neighbour));
                    }
                }
            }
        }

        return roots;
    }

    /// <summary>Puts blocks beside each other, first each as far left as it goes, then each as far right as those at its right let it.</summary>
    private double[] Compact(List<List<Vertex>> layers, int[] roots, bool isMirrored)
    {
        var right = new Dictionary<int, double>[graph.Vertices.Count];
        var waiting = new int[graph.Vertices.Count];
        foreach (var layer in layers)
        {
            for (var i = 1; i < layer.Count; i++)
            {
                var distance = isMirrored ? Distance(layer[i], layer[i - 1]) : Distance(layer[i - 1], layer[i]);
                var (from, to) = (roots[layer[i - 1].Id], roots[layer[i].Id]);
                var beside = right[from] ??= [];
                waiting[to] += beside.ContainsKey(to) ? 0 : 1;
                beside[to] = Math.Max(distance, beside.GetValueOrDefault(to));
            }
        }

        var x = new double[graph.Vertices.Count];
        var open = new Queue<int>(graph.Vertices.Select(vertex => vertex.Id).Where(id => roots[id] == id && waiting[id] == 0));
        List<int> order = [];
        while (open.TryDequeue(out var block))
        {
            order.Add(block);
            foreach (var (other, distance) in right[block] ?? [])
            {
                x[other] = Math.Max(x[other], x[block] + distance);
                if (--waiting[other] == 0)
                {
                    open.Enqueue(other);
                }
            }
        }

        for (var i = order.Count - 1; i >= 0; i--)
        {
            if (right[order[i]] is { } beside)
            {
                x[order[i]] = Math.Max(x[order[i]], beside.Min(other => x[other.Key] - other.Value));
            }
        }

        return Array.ConvertAll(roots, root => x[root]);
    }

    private double Distance(Vertex left, Vertex right) =>
        left.Right
        + right.Left
        + (
            left.IsBend && right.IsBend ? spacing.Edges
            : left.IsBend || right.IsBend ? (spacing.Edges + spacing.Nodes) / 2
            : spacing.Nodes
        );

    /// <summary>Lays the four over the narrowest one, and takes of each vertex the mean of the two in the middle.</summary>
    private void Balance(List<double[]> layouts)
    {
        var bounds = layouts.ConvertAll(x =>
            (
                Left: graph.Vertices.Min(vertex => x[vertex.Id] - vertex.Left),
                Right: graph.Vertices.Max(vertex => x[vertex.Id] + vertex.Right)
            )
        );
        var narrowest = bounds.MinBy(bound => bound.Right - bound.Left);
        var middle = new double[layouts.Count];
        foreach (var vertex in graph.Vertices)
        {
            for (var i = 0; i < layouts.Count; i++)
            {
                var isMirrored = i % 2 == 1;
                middle[i] = layouts[i][vertex.Id] + (isMirrored ? narrowest.Right - bounds[i].Right : narrowest.Left - bounds[i].Left);
            }

            Array.Sort(middle);
            vertex.X = (middle[1] + middle[2]) / 2;
        }
    }
}
