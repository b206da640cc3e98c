using System.Globalization;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Templates;
using Republic.Web.Pages.Scenarios.Graph;

namespace Republic.Tests.Unit.Scenarios.Drawing;

public sealed class ScenarioGraphTests
{
    private static readonly ScenarioDefinition Review = ScenarioTemplates.Find("code-review")!.Definition;

    [Fact]
    public void States_are_links_and_say_what_they_are()
    {
        var graph = ScenarioGraph.Of(Review, state => $"/at/{state}", "explain", ["review"]);

        Assert.Equal(Review.States.Select(state => $"/at/{state.Name}"), graph.Nodes.Select(node => node.Href));
        Assert.Equal($"{Review.States.Count} states, {Review.States.Sum(state => state.Next.Count)} transitions", graph.Label);
        Assert.Equal("/at/explain", Assert.Single(graph.Nodes, node => node.IsSelected).Href);
        var bad = Assert.Single(graph.Nodes, node => node.IsBad);
        Assert.Equal("Review approval · Reviewer, has an error", bad.Description);
        Assert.Equal(("approval", "Review", "approval · Reviewer"), (bad.Kind, bad.Name, bad.Detail));
        var start = Assert.Single(graph.Nodes, node => node.Kind == "start");
        Assert.Equal(("Begin, start", null, "middle"), (start.Description, start.Detail, start.Anchor));
    }

    [Fact]
    public void A_transition_that_was_taken_stands_out()
    {
        var index = Review.States.Take(Review.States.ToList().FindIndex(state => state.Name == "review")).Sum(state => state.Next.Count);

        var graph = ScenarioGraph.Of(Review, state => state, null, [], [("review", 1)]);

        Assert.Equal(index + 1, graph.Edges.ToList().FindIndex(edge => edge.IsTaken));
        Assert.Single(graph.Edges, edge => edge.IsTaken);
        Assert.DoesNotContain(ScenarioGraph.Of(Review, state => state, null, []).Edges, edge => edge.IsTaken);
    }

    [Theory]
    [InlineData(TransitionKind.Always, null, null)]
    [InlineData(TransitionKind.When, "score > 3", "score > 3")]
    [InlineData(TransitionKind.When, null, "…")]
    [InlineData(TransitionKind.Ask, "Is it safe?", "“Is it safe?”")]
    [InlineData(TransitionKind.Manual, "Send back", "Send back")]
    [InlineData(TransitionKind.Else, null, "otherwise")]
    public void A_transition_is_called_by_what_decides_about_it(TransitionKind kind, string? condition, string? words)
    {
        var graph = ScenarioGraph.Of(Pair(new TransitionDefinition("good", kind, condition)), state => state, null, []);

        Assert.Equal((words, null), (graph.Edges[0].Label, graph.Edges[0].Whole));
    }

    [Fact]
    public void What_is_too_long_is_cut_and_there_as_a_whole()
    {
        const string Condition = "visits.begin < 3 && facts.leak == \"yes\" && outcome != \"approve\"";
        const string Name = "state_whose_name_is_as_long_as_a_name_is";
        var definition = Pair(new TransitionDefinition("good", TransitionKind.When, Condition));

        var graph = ScenarioGraph.Of(
            definition with
            {
                States = [.. definition.States, new StateDefinition(Name, NodeType.Action) { Roles = ["developer"] }],
            },
            state => state,
            null,
            []
        );

        Assert.Equal(("visits.begin < 3 && fac…", Condition), (graph.Edges[0].Label, graph.Edges[0].Whole));
        Assert.Equal("State whose name is as lo…", graph.Nodes[2].Name);
        Assert.Equal("State whose name is as long as a name is, action · Developer", graph.Nodes[2].Whole);
        Assert.Null(graph.Nodes[0].Whole);
    }

    [Fact]
    public void A_draft_with_wrong_and_double_names_is_drawn_as_far_as_it_goes()
    {
        var states = Pair(new TransitionDefinition("gone")).States;

        var graph = ScenarioGraph.Of(
            new ScenarioDefinition { Name = "Draft", States = [.. states, states[0]] },
            state => state,
            "gone",
            ["gone"]
        );

        Assert.Equal(2, graph.Nodes.Count);
        Assert.Empty(graph.Edges);
    }

    [Fact]
    public void Numbers_have_a_point_in_all_cultures()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
        try
        {
            var graph = ScenarioGraph.Of(Review, state => state, null, []);
            var numbers = string.Join(
                ' ',
                graph
                    .Nodes.SelectMany(node => new[] { node.X, node.Y, node.TextX, node.Right, node.Baseline, node.Shape })
                    .Concat(graph.Edges.SelectMany(edge => new[] { edge.Path, edge.LabelX, edge.LabelY }))
                    .Append(graph.Width)
                    .Append(graph.Height)
            );

            Assert.DoesNotContain(numbers, letter => !"-0123456789. MLQHVAZ".Contains(letter, StringComparison.Ordinal));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static ScenarioDefinition Pair(TransitionDefinition transition) =>
        new()
        {
            Name = "Pair",
            States = [new StateDefinition("begin", NodeType.Start) { Next = [transition] }, new StateDefinition("good", NodeType.End)],
        };
}
