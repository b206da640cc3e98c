using System.Globalization;
using Republic.Core.Scenarios.Drawing;

namespace Republic.Tests.Unit.Scenarios.Drawing;

/// <summary>A graph as scenarios are: most edges lead a little on, some far, some back, and some to their own node; the same for the same seed.</summary>
internal sealed class SeededGraph
{
    private readonly List<GraphNode> nodes = [];
    private readonly List<GraphEdge> edges = [];
    private ulong state;

    /// <param name="isAcyclic">Each edge leads to a node that comes later.</param>
    public SeededGraph(ulong seed, int nodes, int edges, bool isAcyclic = false)
    {
        state = (seed * 2) + 1;
        for (var i = 0; i < nodes; i++)
        {
            var isDiamond = Next(6) == 0;
            var width = 92 + Next(130);
            this.nodes.Add(new GraphNode(Name(i), width, isDiamond ? 64 : 44 + (8 * Next(2)), isDiamond ? 0 : width - 60));
        }

        for (var i = 0; i < edges; i++)
        {
            var from = Next(nodes);
            var to = Next(20) switch
            {
                0 when !isAcyclic => from,
                < 4 when !isAcyclic => Next(from + 1),
                < 7 => from + 1 + Next(nodes),
                _ => from + 1 + Next(4),
            };
            if (to < nodes)
            {
                this.edges.Add(new GraphEdge(Name(from), Name(to), Next(5) < 3 ? 30 + Next(130) : 0, 18));
            }
        }
    }

    public IReadOnlyList<GraphNode> Nodes => nodes;

    public IReadOnlyList<GraphEdge> Edges => edges;

    /// <summary>Of 2 to 60 nodes.</summary>
    public static SeededGraph Of(ulong seed)
    {
        var count = 2 + (int)(seed * 37 % 59);
        return new SeededGraph(seed, count, count + (int)(seed % 4 * (ulong)count / 2));
    }

    private static string Name(int node) => "n" + node.ToString(CultureInfo.InvariantCulture);

    private int Next(int below)
    {
        state = unchecked((state * 6364136223846793005) + 1442695040888963407);
        return (int)((state >> 33) % (ulong)below);
    }
}
