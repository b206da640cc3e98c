namespace Republic.Core.Scenarios.Drawing;

/// <summary>
/// Orders the vertices of each layer so that few edges cross: sweeps by barycentres with transpositions between them, as in Gansner et al.,
/// "A Technique for Drawing Directed Graphs", 1993. What crosses least is kept.
/// </summary>
internal static class Ordering
{
    private const int MaxSweeps = 24;

    /// <summary>Sweeps without a better order that end the search.</summary>
    private const int Patience = 6;

    public static void Arrange(LayeredGraph graph)
    {
        List<Vertex>[] best = [];
        var fewest = long.MaxValue;
        foreach (var isMirrored in new[] { false, true })
        {
            Begin(graph, isMirrored);
            for (var (sweep, since) = (0, 0); sweep < MaxSweeps && since < Patience && fewest > 0; sweep++, since++)
            {
                Sweep(graph, isDown: sweep % 2 == 0, isMirrored: sweep % 4 >= 2);
                Transpose(graph);
                var crossings = Crossings.Of(graph);
                if (crossings < fewest)
                {
                    (fewest, best, since) = (crossings, [.. graph.Layers.Select(layer => layer.ToList())], 0);
                }
            }
        }

        for (var i = 0; i < best.Length; i++)
        {
            Set(graph.Layers[i], best[i]);
        }
    }

    /// <summary>Each vertex in the order in which a search from the top finds it.</summary>
    private static void Begin(LayeredGraph graph, bool isMirrored)
    {
        var found = new bool[graph.Vertices.Count];
        var orders = graph.Layers.Select(_ => new List<Vertex>()).ToList();
        var open = new Stack<Vertex>();
        foreach (var root in graph.Vertices.Where(vertex => !vertex.IsBend).OrderBy(vertex => vertex.Layer))
        {
            open.Push(root);
            while (open.TryPop(out var vertex))
            {
                if (found[vertex.Id])
                {
                    continue;
                }

                found[vertex.Id] = true;
                orders[vertex.Layer].Add(vertex);
                for (var i = 0; i < vertex.Down.Count; i++)
                {
                    open.Push(vertex.Down[isMirrored ? i : vertex.Down.Count - 1 - i]);
                }
            }
        }

        for (var i = 0; i < orders.Count; i++)
        {
            Set(graph.Layers[i], orders[i]);
        }
    }

    /// <param name="isMirrored">Of vertices with one barycentre, the last comes first.</param>
    private static void Sweep(LayeredGraph graph, bool isDown, bool isMirrored)
    {
        var last = graph.Layers.Count - 1;
        for (var step = 1; step <= last; step++)
        {
            var layer = graph.Layers[isDown ? step : last - step];
            // Those without neighbours stay where they are, and the others are ordered around them.
            var moved = layer
                .Where(vertex => (isDown ? vertex.Up : vertex.Down).Count > 0)
                .OrderBy(vertex => (isDown ? vertex.Up : vertex.Down).Average(neighbour => neighbour.Order))
                .ThenBy(vertex => isMirrored ? -vertex.Order : vertex.Order)
                .ToList();
            var next = 0;
            Set(layer, [.. layer.Select(vertex => (isDown ? vertex.Up : vertex.Down).Count > 0 ? moved[next++] : vertex)]);
        }
    }

    /// <summary>Exchanges neighbours as long as that takes crossings away.</summary>
    private static void Transpose(LayeredGraph graph)
    {
        const int MaxRounds = 8;
        var isBetter = true;
        for (var round = 0; isBetter && round < MaxRounds; round++)
        {
            isBetter = false;
            foreach (var layer in graph.Layers)
            {
                for (var i = 1; i < layer.Count; i++)
                {
                    var (left, right) = (layer[i - 1], layer[i]);
                    if (Crossings.Between(left, right) > Crossings.Between(right, left))
                    {
                        (layer[i - 1], layer[i], left.Order, right.Order) = (right, left, i, i - 1);
                        isBetter = true;
                    }
                }
            }
        }
    }

    private static void Set(List<Vertex> layer, List<Vertex> order)
    {
        for (var i = 0; i < order.Count; i++)
        {
            layer[i] = order[i];
            order[i].Order = i;
        }
    }
}
