namespace Republic.Core.Scenarios.Drawing;

/// <summary>Counts edges that cross between layers.</summary>
internal static class Crossings
{
    public static long Of(LayeredGraph graph)
    {
        var crossings = 0L;
        for (var i = 1; i < graph.Layers.Count; i++)
        {
            crossings += Between(graph.Layers[i - 1], graph.Layers[i].Count);
        }

        return crossings;
    }

    /// <summary>How many go away if two vertices beside each other are exchanged; below 0, how many that adds.</summary>
    public static int Gain(Vertex left, Vertex right) => Gain(left.Up, right.Up) + Gain(left.Down, right.Down);

    private static int Gain(List<Vertex> left, List<Vertex> right)
    {
        var gain = 0;
        for (var i = 0; i < left.Count; i++)
        {
            var order = left[i].Order;
            for (var j = 0; j < right.Count; j++)
            {
                gain += order.CompareTo(right[j].Order);
            }
        }

        return gain;
    }

    // Edges from left to right; each crosses those before it that end further right, which a tree of sums counts
    // (Barth, Jünger and Mutzel, "Simple and Efficient Bilayer Cross Counting", 2002).
    private static long Between(List<Vertex> upper, int lower)
    {
        var (crossings, edges) = (0L, 0);
        var sums = new int[lower + 1];
        Span<int> orders = stackalloc int[64];
        foreach (var vertex in upper)
        {
            var ends = vertex.Down.Count <= orders.Length ? orders[..vertex.Down.Count] : new int[vertex.Down.Count];
            for (var i = 0; i < ends.Length; i++)
            {
                ends[i] = vertex.Down[i].Order;
            }

            foreach (var end in ends)
            {
                crossings += edges - SumTo(sums, end);
            }

            foreach (var end in ends)
            {
                Add(sums, end);
            }

            edges += ends.Length;
        }

        return crossings;
    }

    private static int SumTo(int[] sums, int index)
    {
        var sum = 0;
        for (var i = index + 1; i > 0; i -= i & -i)
        {
            sum += sums[i];
        }

        return sum;
    }

    private static void Add(int[] sums, int index)
    {
        for (var i = index + 1; i < sums.Length; i += i & -i)
        {
            sums[i]++;
        }
    }
}
