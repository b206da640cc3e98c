using System.Diagnostics;
using System.Globalization;
using Republic.Bench;
using Republic.Core.Scenarios.Drawing;
using Republic.Tests.Unit.Scenarios.Drawing;

if (args is not [var given])
{
    throw new InvalidOperationException("Use: <rounds or quick>");
}

var isQuick = given == "quick";
var rounds = isQuick ? 1 : int.Parse(given, CultureInfo.InvariantCulture);
using var dagre = Dagre.Start();
await CountAsync(dagre, isQuick ? 20 : 200);
await TimeAsync(dagre, rounds, isQuick ? 20 : 100);
TimeLargest(isQuick ? 5 : 50);

static async Task CountAsync(Dagre? dagre, int graphs)
{
    var (ours, theirs, fewer, more) = (0, 0, 0, 0);
    for (var seed = 1; seed <= graphs; seed++)
    {
        var graph = SeededGraph.Of((ulong)seed);
        var mine = PictureGeometry.Crossings([.. GraphLayout.Arrange(graph.Nodes, graph.Edges).Edges.Select(edge => edge.Points)]);
        ours += mine;
        if (dagre is not null)
        {
            var other = PictureGeometry.Crossings((await dagre.DrawAsync(graph, new GraphSpacing())).Edges);
            theirs += other;
            fewer += mine < other ? 1 : 0;
            more += mine > other ? 1 : 0;
        }
    }

    Console.WriteLine($"\n{graphs} graphs of 2 to 60 nodes\n");
    Console.WriteLine("| pairs of edges that cross | Republic | dagre | ratio | graphs with fewer than dagre | with more |");
    Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
    Console.WriteLine(
        dagre is null
            ? $"| in all | {ours} | – | – | – | – |"
            : FormattableString.Invariant($"| in all | {ours} | {theirs} | {(double)ours / theirs:0.00} | {fewer} | {more} |")
    );
}

// In turns, each on graphs of 60 nodes with about 140 edges. The first ones, while the JIT compiler is at work, do not count.
static async Task TimeAsync(Dagre? dagre, int rounds, int graphs)
{
    const int Warming = 100;
    List<double> ours = [];
    List<double> theirs = [];
    for (var seed = -Warming; seed < rounds * graphs; seed++)
    {
        var graph = new SeededGraph((ulong)(seed + Warming), nodes: 60, edges: 150);
        var begun = Stopwatch.GetTimestamp();
        GraphLayout.Arrange(graph.Nodes, graph.Edges);
        var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        var drawn = dagre is null ? null : await dagre.DrawAsync(graph, new GraphSpacing());
        if (seed < 0)
        {
            continue;
        }

        ours.Add(took);
        if (drawn is not null)
        {
            theirs.Add(drawn.Milliseconds);
        }
    }

    Console.WriteLine("\n| ms for a graph of 60 nodes | p50 | p99 | most | of |");
    Console.WriteLine("| --- | --- | --- | --- | --- |");
    Console.WriteLine($"| Republic | {new Spread(ours)} |");
    if (theirs.Count > 0)
    {
        Console.WriteLine($"| dagre | {new Spread(theirs)} |");
    }
}

// As much as a draft may have: 20 transitions from each of 60 states, near or anywhere. dagre takes minutes here.
static void TimeLargest(int graphs)
{
    List<double> near = [];
    List<double> anywhere = [];
    for (var seed = 1; seed <= graphs; seed++)
    {
        var graph = new SeededGraph((ulong)seed, nodes: 60, edges: 1290);
        near.Add(Took(graph.Nodes, graph.Edges));
        var ends = new Random(seed);
        anywhere.Add(Took(graph.Nodes, [.. graph.Nodes.SelectMany(node => Leaving(node, graph.Nodes, ends))]));
    }

    Console.WriteLine("\n| ms for a graph of 60 nodes and 1,200 edges | p50 | p99 | most | of |");
    Console.WriteLine("| --- | --- | --- | --- | --- |");
    Console.WriteLine($"| most of them to a node near by | {new Spread(near)} |");
    Console.WriteLine($"| to any node | {new Spread(anywhere)} |");
}

static IEnumerable<GraphEdge> Leaving(GraphNode node, IReadOnlyList<GraphNode> nodes, Random ends) =>
    Enumerable.Range(0, 20).Select(_ => new GraphEdge(node.Name, nodes[ends.Next(nodes.Count)].Name, 30 + ends.Next(130), 18));

static double Took(IReadOnlyList<GraphNode> nodes, IReadOnlyList<GraphEdge> edges)
{
    var begun = Stopwatch.GetTimestamp();
    GraphLayout.Arrange(nodes, edges);
    return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
}
