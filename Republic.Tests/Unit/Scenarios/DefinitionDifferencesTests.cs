using System.Text.Json;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Versions;

namespace Republic.Tests.Unit.Scenarios;

public sealed class DefinitionDifferencesTests
{
    private static readonly StateDefinition Review = new("review", NodeType.Approval)
    {
        Roles = ["reviewer"],
        Prompts = ["Approve, or say what must change."],
        Next =
        [
            new TransitionDefinition("good", TransitionKind.When, "outcome == \"approve\""),
            new TransitionDefinition("poor", TransitionKind.Else),
        ],
    };

    private static readonly ScenarioDefinition Before = new()
    {
        Name = "Code review",
        Learner = "developer",
        Roles = [new RoleDefinition("developer"), new RoleDefinition("reviewer") { Model = "a-model", Kind = RoleKind.Minion }],
        Facts = [new FactDefinition("leak", Json("\"Line 12\"")) { KnownTo = Audience.Of(["reviewer"]) }],
        Limits = new ScenarioLimits(Turns: 20, Cost: 0.50m),
        States =
        [
            new StateDefinition("begin", NodeType.Start) { Next = [new TransitionDefinition("review")] },
            Review,
            new StateDefinition("good", NodeType.End) { Result = EndResult.Success },
            new StateDefinition("poor", NodeType.End) { Result = EndResult.Failure },
        ],
    };

    [Fact]
    public void The_same_scenario_has_no_differences() => Assert.Empty(DefinitionDifferences.Of(Before, Before with { }));

    [Fact]
    public void What_is_the_same_but_written_otherwise_is_no_difference()
    {
        var written = Before with
        {
            Facts = [With(Json("[1.50, \"a\"]"))],
            Limits = Before.Limits with { Cost = 0.5m },
            States = [.. Before.States.Select(state => state with { Audience = Audience.Present })],
        };

        Assert.Empty(DefinitionDifferences.Of(Before with { Facts = [With(Json("[ 1.5 ,\"a\"]"))] }, written));
    }

    [Fact]
    public void The_scenarios_own_fields_are_compared_one_by_one()
    {
        var after = Before with
        {
            Name = "Review",
            Description = "Reads a change.",
            Learner = null,
            Limits = new ScenarioLimits(Turns: 7, Minutes: 30, Tokens: 5000),
        };

        Assert.Equal(
            [
                "name: Code review > Review",
                "description: - > Reads a change.",
                "learner: developer > -",
                "limits.turns: 20 > 7",
                "limits.minutes: - > 30",
                "limits.cost: 0.5 > -",
                "limits.tokens: - > 5000",
            ],
            Lines(after)
        );
    }

    [Fact]
    public void An_element_that_came_or_went_is_one_line()
    {
        var after = Before with
        {
            Roles =
            [
                .. Before.Roles.Take(1),
                new RoleDefinition("judge")
                {
                    IsDirector = true,
                    Model = "m",
                    IsPinned = true,
                },
            ],
            Facts = [new FactDefinition("lines", Json("40"))],
            States =
            [
                .. Before.States.Where(state => state.Name != "poor"),
                new StateDefinition("talk", NodeType.Action) { Roles = ["developer", "judge"] },
            ],
        };

        Assert.Equal(
            [
                "roles.reviewer: minion · a-model > -",
                "roles.judge: - > any · m · pinned · director",
                "facts.leak: Line 12 · known to reviewer > -",
                "facts.lines: - > 40 · known to nobody",
                "states.poor: end · failure > -",
                "states.talk: - > action · developer, judge",
            ],
            Lines(after)
        );
    }

    [Fact]
    public void An_element_that_was_changed_is_one_line_a_field()
    {
        var review = Review with
        {
            Type = NodeType.Action,
            Description = "Reads it.",
            Roles = ["reviewer", "developer"],
            Prompts = ["One.", "Two."],
            Turn = TurnRule.Once,
            Rounds = 2,
            Audience = Audience.All,
            Capability = "code review",
            TimeoutHours = 1.5,
            Result = EndResult.Neutral,
        };
        var after = Before with
        {
            Roles =
            [
                Before.Roles[0] with
                {
                    Description = "Wrote it.",
                },
                new RoleDefinition("reviewer") { IsPinned = true, IsDirector = true },
            ],
            Facts = [new FactDefinition("leak", Json("\"12\"")) { KnownTo = Audience.All }],
            States = [Before.States[0], review, .. Before.States.Skip(2)],
        };

        Assert.Equal(
            [
                "roles.developer.description: - > Wrote it.",
                "roles.reviewer.model: a-model > -",
                "roles.reviewer.pin: no > yes",
                "roles.reviewer.kind: minion > any",
                "roles.reviewer.director: no > yes",
                "facts.leak.value: Line 12 > \"12\"",
                "facts.leak.known_to: reviewer > all",
                "states.review.type: approval > action",
                "states.review.description: - > Reads it.",
                "states.review.roles: reviewer > reviewer, developer",
                "states.review.prompts: Approve, or say what must change. > 1. One.|2. Two.",
                "states.review.turn: - > once",
                "states.review.rounds: - > 2",
                "states.review.audience: - > all",
                "states.review.capability: - > code review",
                "states.review.timeout_hours: - > 1.5",
                "states.review.result: - > neutral",
            ],
            Lines(after)
        );
    }

    [Fact]
    public void Transitions_are_lines_that_say_when_where_to_and_how_often()
    {
        var review = Review with
        {
            Next =
            [
                new TransitionDefinition("good", TransitionKind.Ask, "Is it good?") { MaxVisits = 1 },
                new TransitionDefinition("review", TransitionKind.Manual, "Once more") { MaxVisits = 3, Note = "Rarely" },
                new TransitionDefinition("poor"),
            ],
        };

        var difference = Assert.Single(
            DefinitionDifferences.Of(Before, Before with { States = [Before.States[0], review, .. Before.States.Skip(2)] })
        );

        Assert.Equal("states.review.next", difference.Path);
        Assert.Equal("when: outcome == \"approve\" → good\nelse → poor", difference.Before);
        Assert.Equal(
            "ask: Is it good? → good (at most once)\nmanual: Once more → review (at most 3 times) · Rarely\n→ poor",
            difference.After
        );
    }

    [Fact]
    public void Another_order_is_told_where_nothing_else_is()
    {
        StateDefinition[] moved = [.. Before.States.Take(2), Before.States[3], Before.States[2]];

        Assert.Equal(["states: begin, review, good, poor > begin, review, poor, good"], Lines(Before with { States = moved }));
        Assert.Equal(
            ["states.poor.description: - > Bad luck."],
            Lines(
                Before with
                {
                    States = [.. moved.Select(state => state.Name == "poor" ? state with { Description = "Bad luck." } : state)],
                }
            )
        );
        Assert.Equal(
            ["roles: developer, reviewer > reviewer, developer"],
            Lines(Before with { Roles = [Before.Roles[1], Before.Roles[0]] })
        );
    }

    [Theory]
    [InlineData("\"Line 12\"", "Line 12")]
    [InlineData("\"12\"", "\"12\"")]
    [InlineData("\"true\"", "\"true\"")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("12", "12")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("[]", "[]")]
    [InlineData("[\"a, b\", 2.0, false]", "[\"a, b\", 2, false]")]
    public void A_value_is_read_as_what_it_is(string json, string text)
    {
        var after = Before with { Facts = [With(Json(json))] };
        var difference = DefinitionDifferences.Of(Before with { Facts = [With(Json("\"something else\""))] }, after);

        Assert.Equal(text, Assert.Single(difference).After);
    }

    [Fact]
    public void The_line_of_a_long_element_is_cut_and_has_no_breaks()
    {
        var fact = new FactDefinition("long", JsonSerializer.SerializeToElement(string.Join('\n', Enumerable.Repeat("word", 1000))));

        var difference = Assert.Single(DefinitionDifferences.Of(Before, Before with { Facts = [.. Before.Facts, fact] }));

        Assert.InRange(difference.After!.Length, 100, 200);
        Assert.DoesNotContain('\n', difference.After!);
    }

    private static FactDefinition With(JsonElement value) => new("fact", value);

    private static JsonElement Json(string json) => JsonElement.Parse(json);

    private static IEnumerable<string> Lines(ScenarioDefinition after) =>
        DefinitionDifferences.Of(Before, after).Select(one => $"{one.Path}: {one.Before ?? "-"} > {one.After ?? "-"}".Replace('\n', '|'));
}
