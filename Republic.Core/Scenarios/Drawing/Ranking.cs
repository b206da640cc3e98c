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
        var down = edges
            .Select((edge, i) => isTurned[i] ? (From: edge.To, To: edge.From) : edge)
            .Where(edge => edge.From != edge.To)
            .ToList();
        var after = Neighbours(nodes, down);
        var before = Neighbours(nodes, down.ConvertAll(edge => (edge.To, edge.From)));
        var layers = new int[nodes];
        // A node is finished when all below it are, so that the other way round no node comes before one above it.
        finished.Reverse();
        foreach (var node in finished)
        {
            layers[node] = before[node].Select(above => layers[above] + 1).DefaultIfEmpty(0).Max();
        }

        bool isShorter;
        do
        {
            isShorter = Shorten(layers, after, before, step: 1);
            isShorter |= Shorten(layers, before, after, step: -1);
        } while (isShorter);

        var used = layers.Distinct().Order().ToList();
        return (Array.ConvertAll(layers, layer => used.IndexOf(layer) * Step), isTurned);
    }

    // Edges as short as can be are what "A Technique for Drawing Directed Graphs" (Gansner et al., 1993) finds by a simplex method. With as few
    // nodes as here, a node that is moved together with all that it pushes comes as near. Each move makes the sum of the lengths smaller.
    /// <param name="step">A layer down with <paramref name="ahead"/> the nodes below each, or -1 with those above.</param>
    private static bool Shorten(int[] layers, List<int>[] ahead, List<int>[] behind, int step)
    {
        var isShorter = false;
        var isPushed = new bool[layers.Length];
        List<int> pushed = [];
        for (var node = 0; node < layers.Length; node++)
        {
            Push(node, layers, ahead, step, pushed, isPushed);
            // Edges between two that are pushed stay as long as they are.
            var gain = 0;
            foreach (var one in pushed)
            {
                gain += Others(ahead[one], isPushed) - Others(behind[one], isPushed);
            }

            foreach (var one in pushed)
            {
                layers[one] += gain > 0 ? step : 0;
                isPushed[one] = false;
            }

            isShorter |= gain > 0;
            pushed.Clear();
        }

        return isShorter;
    }

    /// <summary>Finds those that have to move with a node, and the node itself.</summary>
    private static void Push(int node, int[] layers, List<int>[] ahead, int step, List<int> pushed, bool[] isPushed)
    {
        pushed.Add(node);
        isPushed[node] = true;
        for (var i = 0; i < pushed.Count; i++)
        {
            foreach (var other in ahead[pushed[i]])
            {
                if (!isPushed[other] && layers[other] == layers[pushed[i]] + step)
                {
                    pushed.Add(other);
                    isPushed[other] = true;
                }
            }
        }
    }

    private static int Others(List<int> nodes, bool[] isPushed)
    {
        var others = 0;
        foreach (var node in nodes)
        {
            others += isPushed[node] ? 0 : 1;
        }

        return others;
    }

    private static List<int>[] Neighbours(int nodes, List<(int From, int To)> edges)
    {
        var neighbours = Enumerable.Range(0, nodes).Select(_ => new List<int>()).ToArray();
        foreach (var (from, to) in edges)
        {
            neighbours[from].Add(to);
        }

        return neighbours;
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
