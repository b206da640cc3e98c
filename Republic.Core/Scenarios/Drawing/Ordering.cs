namespace Republic.Core.Scenarios.Drawing;

/// <summary>
/// Orders the vertices of each layer so that few edges cross: sweeps by barycentres with transpositions between them, as in Gansner et al.,
/// "A Technique for Drawing Directed Graphs", 1993, from four beginnings. What crosses least is kept.
/// </summary>
internal static class Ordering
{
    /// <summary>From the left or the right, with a first sweep down or up.</summary>
    private const int Starts = 4;

    private const int MaxSweeps = 40;

    /// <summary>Sweeps without a better order that end the search.</summary>
    private const int Patience = 10;

    /// <summary>Segments that all sweeps together may look at: those of huge graphs are few, so that they do not take seconds.</summary>
    private const int MaxWork = 200_000;

    /// <summary>So small that it decides between equal barycentres alone.</summary>
    private const double Tie = 1e-7;

    public static void Arrange(LayeredGraph graph)
    {
        List<Vertex>[] best = [];
        var fewest = long.MaxValue;
        var segments = graph.Vertices.Sum(vertex => vertex.Down.Count);
        var sweeps = Math.Clamp(MaxWork / Starts / Math.Max(segments, 1), 1, MaxSweeps);
        for (var start = 0; start < Starts; start++)
        {
            Begin(graph, isMirrored: start % 2 == 1);
            for (var (sweep, since) = (0, 0); sweep < sweeps && since < Patience && fewest > 0; sweep++, since++)
            {
                Sweep(graph, isDown: (sweep + (start / 2)) % 2 == 0, isMirrored: sweep % 4 >= 2);
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
        var keys = new double[graph.Vertices.Count];
        var moved = new Vertex[graph.Vertices.Count];
        for (var step = 1; step <= last; step++)
        {
            var layer = graph.Layers[isDown ? step : last - step];
            var count = 0;
            foreach (var vertex in layer)
            {
                if ((isDown ? vertex.Up : vertex.Down) is { Count: > 0 } neighbours)
                {
                    keys[count] = Barycentre(neighbours) + ((isMirrored ? -vertex.Order : vertex.Order) * Tie);
                    moved[count++] = vertex;
                }
            }

            Array.Sort(keys, moved, 0, count);
            // Those without neighbours stay where they are, and the others are ordered around them.
            for (var (i, next) = (0, 0); i < layer.Count; i++)
            {
                layer[i] = (isDown ? layer[i].Up : layer[i].Down).Count > 0 ? moved[next++] : layer[i];
            }

            Number(layer);
        }
    }

    private static double Barycentre(List<Vertex> vertices)
    {
        var sum = 0;
        foreach (var vertex in vertices)
        {
            sum += vertex.Order;
        }

        return (double)sum / vertices.Count;
    }

    /// <summary>Exchanges neighbours as long as that takes crossings away.</summary>
    private static void Transpose(LayeredGraph graph)
    {
        // Nothing can be gained in a layer where nothing changed since it was looked through, nor beside it.
        var isOpen = new bool[graph.Layers.Count + 2];
        Array.Fill(isOpen, true);
        for (var isBetter = true; isBetter; )
        {
            isBetter = false;
            for (var i = 0; i < graph.Layers.Count; i++)
            {
                if (isOpen[i + 1])
                {
                    isOpen[i + 1] = false;
                    if (Transpose(graph.Layers[i]))
                    {
                        (isBetter, isOpen[i], isOpen[i + 1], isOpen[i + 2]) = (true, true, true, true);
                    }
                }
            }
        }
    }

    private static bool Transpose(List<Vertex> layer)
    {
        var isBetter = false;
        for (var i = 1; i < layer.Count; i++)
        {
            var (left, right) = (layer[i - 1], layer[i]);
            if (Crossings.Gain(left, right) > 0)
            {
                (layer[i - 1], layer[i], left.Order, right.Order) = (right, left, i, i - 1);
                isBetter = true;
            }
        }

        return isBetter;
    }

    private static void Set(List<Vertex> layer, List<Vertex> order)
    {
        for (var i = 0; i < order.Count; i++)
        {
            layer[i] = order[i];
        }

        Number(layer);
    }

    private static void Number(List<Vertex> layer)
    {
        for (var i = 0; i < layer.Count; i++)
        {
            layer[i].Order = i;
        }
    }
}
