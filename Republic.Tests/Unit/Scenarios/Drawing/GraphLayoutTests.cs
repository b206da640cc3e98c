using System.Globalization;
using Republic.Core.Scenarios.Drawing;

namespace Republic.Tests.Unit.Scenarios.Drawing;

public sealed class GraphLayoutTests
{
    private const ulong Graphs = 200;

    [Fact]
    public void Nodes_and_labels_are_inside_the_picture_and_do_not_overlap() =>
        ForEach(
            (graph, picture) =>
            {
                var boxes = picture
                    .Nodes.Concat(picture.Edges.Where(edge => edge.Label is not null).Select(edge => LabelOf(graph.Edges, edge)))
                    .ToList();
                for (var i = 0; i < boxes.Count; i++)
                {
                    var box = boxes[i];
                    Assert.True(box.X >= 0 && box.Y >= 0 && box.X + box.Width <= picture.Width && box.Y + box.Height <= picture.Height);
                    Assert.DoesNotContain(boxes.Take(i), other => PictureGeometry.Overlap(box, other));
                }
            }
        );

    [Fact]
    public void All_nodes_and_edges_are_drawn_in_their_order() =>
        ForEach(
            (graph, picture) =>
            {
                Assert.Equal(
                    graph.Nodes.Select(node => (node.Name, node.Width, node.Height)),
                    picture.Nodes.Select(node => (node.Name, node.Width, node.Height))
                );
                Assert.Equal(Enumerable.Range(0, graph.Edges.Count), picture.Edges.Select(edge => edge.Index));
                Assert.All(picture.Edges, edge => Assert.Equal(graph.Edges[edge.Index].LabelWidth > 0, edge.Label is not null));
            }
        );

    [Fact]
    public void An_edge_leads_from_border_to_border_and_through_no_node_nor_the_label_of_another() =>
        ForEach(
            (graph, picture) =>
            {
                var nodes = picture.Nodes.ToDictionary(node => node.Name);
                var labels = picture
                    .Edges.Where(edge => edge.Label is not null)
                    .Select(edge => (Edge: edge, Box: LabelOf(graph.Edges, edge)))
                    .ToList();
                foreach (var edge in picture.Edges)
                {
                    var (from, to) = (nodes[graph.Edges[edge.Index].From], nodes[graph.Edges[edge.Index].To]);
                    Assert.True(IsOnBorder(edge.Points[0], from) && IsOnBorder(edge.Points[^1], to));
                    Assert.DoesNotContain(picture.Nodes, node => PictureGeometry.Enters(edge.Points, node));
                    Assert.DoesNotContain(labels, label => label.Edge != edge && PictureGeometry.Enters(edge.Points, label.Box));
                }
            }
        );

    [Fact]
    public void Without_cycles_all_edges_lead_down()
    {
        for (ulong seed = 1; seed <= Graphs; seed++)
        {
            var graph = new SeededGraph(seed, 2 + (int)(seed % 40), (int)(seed % 90), isAcyclic: true);
            foreach (var edge in GraphLayout.Arrange(graph.Nodes, graph.Edges).Edges)
            {
                for (var i = 1; i < edge.Points.Count; i++)
                {
                    Assert.True(edge.Points[i].Y > edge.Points[i - 1].Y);
                }
            }
        }
    }

    [Fact]
    public async Task A_graph_is_drawn_alike_by_all_threads_and_in_all_cultures()
    {
        var ct = TestContext.Current.CancellationToken;
        var pictures = Enumerable.Range(1, 20).Select(seed => Text(SeededGraph.Of((ulong)seed))).ToList();

        var again = await Task.WhenAll(
            Enumerable
                .Range(0, pictures.Count * 4)
                .Select(i =>
                    Task.Run(
                        () =>
                        {
                            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
                            return Text(SeededGraph.Of((ulong)(i % pictures.Count) + 1));
                        },
                        ct
                    )
                )
        );

        Assert.Equal(pictures.Concat(pictures).Concat(pictures).Concat(pictures), again);
    }

    [Fact]
    public void Layers_follow_each_other_as_closely_as_their_edges_let_them()
    {
        var picture = GraphLayout.Arrange(
            [Node("late"), Node("a"), Node("b"), Node("c")],
            [Edge("a", "b"), Edge("b", "c"), Edge("late", "c")]
        );

        Assert.Equal(picture.Nodes[2].Y, picture.Nodes[0].Y);
        Assert.True(picture.Nodes[1].Y < picture.Nodes[2].Y && picture.Nodes[2].Y < picture.Nodes[3].Y);
    }

    [Fact]
    public void Edges_that_need_not_cross_do_not()
    {
        var picture = GraphLayout.Arrange(
            [Node("a"), Node("b"), Node("x"), Node("y"), Node("z")],
            [Edge("a", "z"), Edge("b", "x"), Edge("b", "y"), Edge("a", "y")]
        );

        Assert.Equal(0, PictureGeometry.Crossings([.. picture.Edges.Select(edge => edge.Points)]));
    }

    [Fact]
    public void A_chain_is_one_straight_line()
    {
        var picture = GraphLayout.Arrange([Node("a"), Node("b"), Node("c")], [Edge("a", "b", 40), Edge("b", "c")]);

        Assert.All(picture.Edges, edge => Assert.Equal(2, edge.Points.Count));
        Assert.Single(picture.Edges.SelectMany(edge => edge.Points).Select(point => point.X).Distinct());
        Assert.Equal(picture.Nodes[0].X + (picture.Nodes[0].Width / 2), picture.Edges[0].Label!.X);
    }

    [Fact]
    public void In_a_cycle_one_edge_leads_up()
    {
        var picture = GraphLayout.Arrange([Node("a"), Node("b"), Node("c")], [Edge("a", "b"), Edge("b", "c"), Edge("c", "a")]);

        Assert.Equal([true, true, false], picture.Edges.Select(edge => edge.Points[^1].Y > edge.Points[0].Y));
        Assert.Equal(picture.Nodes.OrderBy(node => node.Y), picture.Nodes);
    }

    [Fact]
    public void Edges_between_the_same_nodes_stand_apart()
    {
        var picture = GraphLayout.Arrange(
            [Node("a"), Node("b")],
            [Edge("a", "b", 60), Edge("a", "b", 60), Edge("a", "b"), Edge("b", "a", 60)]
        );

        var middles = picture.Edges.Select(edge => edge.Points[edge.Points.Count / 2].X).Order().ToList();
        for (var i = 1; i < middles.Count; i++)
        {
            Assert.True(middles[i] - middles[i - 1] >= 18);
        }
    }

    [Theory]
    [InlineData(60)]
    [InlineData(0)]
    public void Loops_are_at_the_right_of_their_node_each_around_the_one_before(double portWidth)
    {
        var node = new GraphNode("a", 120, 52, portWidth);

        var picture = GraphLayout.Arrange([node, Node("b")], [Edge("a", "a", 50), Edge("a", "a", 70), Edge("a", "b")]);

        var right = picture.Nodes[0].X + node.Width;
        var (first, second) = (picture.Edges[0], picture.Edges[1]);
        Assert.All([first, second], loop => Assert.All(loop.Points, point => Assert.True(point.X >= right)));
        Assert.True(second.Points.Max(point => point.X) >= first.Label!.X + 25);
        Assert.True(second.Points.Min(point => point.Y) < first.Points.Min(point => point.Y));
        Assert.True(second.Label!.X + 35 <= picture.Width);
        Assert.Equal(portWidth == 0 ? first.Points[0] : first.Points[0] with { Y = first.Points[^1].Y }, first.Points[^1]);
    }

    [Theory]
    [InlineData(44, 60)]
    [InlineData(64, 0)]
    public void However_many_loops_a_node_has_none_runs_through_the_label_of_another(double height, double portWidth)
    {
        var graph = Enumerable.Range(0, 20).Select(_ => Edge("a", "a", 50)).ToList();

        var picture = GraphLayout.Arrange([new GraphNode("a", 120, height, portWidth)], graph);

        foreach (var edge in picture.Edges)
        {
            Assert.All(edge.Points, point => Assert.InRange(point.Y, picture.Nodes[0].Y, picture.Nodes[0].Y + height));
            Assert.DoesNotContain(picture.Edges, other => other != edge && PictureGeometry.Enters(edge.Points, LabelOf(graph, other)));
        }
    }

    [Fact]
    public void The_largest_draft_is_drawn_with_as_much_care_as_its_size_leaves_time_for()
    {
        var graph = new SeededGraph(1, 60, 1290);

        var picture = GraphLayout.Arrange(graph.Nodes, graph.Edges);

        Assert.Equal(graph.Edges.Count, picture.Edges.Count);
        Assert.All(picture.Edges, edge => Assert.DoesNotContain(picture.Nodes, node => PictureGeometry.Enters(edge.Points, node)));
    }

    [Fact]
    public void A_graph_without_edges_or_nodes_is_drawn_too()
    {
        var apart = GraphLayout.Arrange([Node("a"), Node("b"), Node("c")], []);
        Assert.Single(apart.Nodes.Select(node => node.Y).Distinct());
        Assert.Equal(3, apart.Nodes.Select(node => node.X).Distinct().Count());

        var one = GraphLayout.Arrange([Node("a")], [], new GraphSpacing(Margin: 10));
        Assert.Equal(new PlacedNode("a", 10, 10, 120, 52), Assert.Single(one.Nodes));
        Assert.Equal((140.0, 72.0), (one.Width, one.Height));

        var none = GraphLayout.Arrange([], []);
        Assert.Empty(none.Nodes);
        Assert.Empty(none.Edges);
    }

    [Fact]
    public void An_edge_to_a_node_that_is_not_there_is_left_out()
    {
        var picture = GraphLayout.Arrange(
            [Node("a"), Node("b")],
            [Edge("a", "gone"), Edge("gone", "gone"), Edge("a", "b"), Edge("b", "b")]
        );

        Assert.Equal([2, 3], picture.Edges.Select(edge => edge.Index));
    }

    private static void ForEach(Action<SeededGraph, GraphPicture> check)
    {
        for (ulong seed = 1; seed <= Graphs; seed++)
        {
            var graph = SeededGraph.Of(seed);
            check(graph, GraphLayout.Arrange(graph.Nodes, graph.Edges));
        }
    }

    private static GraphNode Node(string name) => new(name, 120, 52, 60);

    private static GraphEdge Edge(string from, string to, double labelWidth = 0) => new(from, to, labelWidth, 18);

    private static PlacedNode LabelOf(IReadOnlyList<GraphEdge> edges, PlacedEdge edge)
    {
        var (width, height) = (edges[edge.Index].LabelWidth, edges[edge.Index].LabelHeight);
        return new PlacedNode("", edge.Label!.X - (width / 2), edge.Label.Y - (height / 2), width, height);
    }

    private static bool IsOnBorder(GraphPoint point, PlacedNode node)
    {
        const double Near = 0.01;
        var (left, top) = (point.X - node.X, point.Y - node.Y);
        var (right, bottom) = (node.Width - left, node.Height - top);
        return Math.Abs(new[] { left, top, right, bottom }.Min()) < Near;
    }

    private static string Text(SeededGraph graph)
    {
        var picture = GraphLayout.Arrange(graph.Nodes, graph.Edges);
        var points = picture
            .Edges.SelectMany(edge => edge.Points.Append(edge.Label ?? edge.Points[0]))
            .SelectMany(point => new[] { point.X, point.Y });
        return string.Join(
            ' ',
            picture
                .Nodes.SelectMany(node => new[] { node.X, node.Y })
                .Concat(points)
                .Select(number => number.ToString("R", CultureInfo.InvariantCulture))
        );
    }
}
