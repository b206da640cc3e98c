namespace Republic.Core.Scenarios.Drawing;

/// <summary>Gives each node a layer so that as many edges as possible lead downwards.</summary>
internal static class Ranking
{
    /// <summary>Between the layers of two nodes there is one for labels.</summary>
    private const int Step = 2;

    /// <param name="edges">The numbers of their nodes.</param>
    /// <returns>The layer of each node, and whether each edge leads upwards.</returns>
    public static (int[] Layers, bool[] IsTurned) Of(int nodes, IReadOnlyList<(int From, int To)> edges)
    {
        var isTurned = Turned(nodes, edges, out var finished);
        var down = edges.Select((edge, i) => isTurned[i] ? (From: edge.To, To: edge.From) : edge).Where(edge => edge.From != edge.To).ToList();
        var after = down.ToLookup(edge => edge.From, edge => edge.To);
        var before = down.ToLookup(edge => edge.To, edge => edge.From);
        var layers = new int[nodes];
        // A node is finished when all below it are, so that the other way round no node comes before one above it.
        finished.Reverse();
        foreach (var node in finished)
        {
            layers[node] = before[node].Select(above => layers[above] + Step).DefaultIfEmpty(0).Max();
        }

        // Nodes with more edges below than above move down to them, which makes edges shorter.
        for (var i = finished.Count - 1; i >= 0; i--)
        {
            var node = finished[i];
            if (after[node].Count() > before[node].Count())
            {
                layers[node] = after[node].Min(below => layers[below]) - Step;
            }
        }

        return (layers, isTurned);
    }

    /// <summary>Edges that lead back to a node on the way to their own beginning are turned, so that no cycle is left.</summary>
    private static bool[] Turned(int nodes, IReadOnlyList<(int From, int To)> edges, out List<int> finished)
    {
        var isTurned = new bool[edges.Count];
        var leaving = Enumerable.Range(0, edges.Count).ToLookup(i => edges[i].From);
        var isEntered = edges.Where(edge => edge.From != edge.To).Select(edge => edge.To).ToHashSet();
        var state = new int[nodes];
        List<int> done = [];
        foreach (var root in Enumerable.Range(0, nodes).OrderBy(isEntered.Contains))
        {
            Visit(root);
        }

        finished = done;
        return isTurned;

        void Visit(int node)
        {
            const int Open = 1;
            const int Done = 2;
            if (state[node] != 0)
            {
                return;
            }

            state[node] = Open;
            foreach (var edge in leaving[node])
            {
                isTurned[edge] = state[edges[edge].To] == Open && edges[edge].To != node;
                Visit(edges[edge].To);
            }

            state[node] = Done;
            done.Add(node);
        }
    }
}
