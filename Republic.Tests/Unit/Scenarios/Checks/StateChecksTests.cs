using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Definitions;
using static Republic.Tests.Unit.Scenarios.Checks.Checked;

namespace Republic.Tests.Unit.Scenarios.Checks;

public sealed class StateChecksTests
{
    [Fact]
    public void No_start() => IsAll(With(State("begin") with { Type = NodeType.Decision }), ProblemSeverity.Error, "states", "no start");

    [Fact]
    public void A_second_start() =>
        IsAll(
            With(new StateDefinition("again", NodeType.Start) { Next = [new TransitionDefinition("explain")] }),
            ProblemSeverity.Error,
            "states.again",
            "“Again”"
        );

    [Fact]
    public void No_end()
    {
        StateDefinition Endless(string name) => new(name, NodeType.Decision) { Next = [new TransitionDefinition("explain")] };

        IsAll(With(Endless("good"), Endless("poor")), ProblemSeverity.Error, "states", "no end");
    }

    [Fact]
    public void An_action_or_approval_that_nobody_does()
    {
        HasError(With(State("explain") with { Roles = [] }), "states.explain.roles", "“Explain”");
        HasError(With(State("review") with { Roles = [] }), "states.review.roles", "“Review”");
    }

    [Fact]
    public void An_approval_by_two() =>
        IsAll(With(State("review") with { Roles = ["reviewer", "developer"] }), ProblemSeverity.Error, "states.review.roles", "“Review”");

    [Fact]
    public void An_action_without_a_prompt() =>
        IsAll(With(State("explain") with { Prompts = [] }), ProblemSeverity.Error, "states.explain.prompts", "“Explain”");

    [Fact]
    public void A_field_that_a_state_of_its_type_does_not_have()
    {
        HasOne(State("explain") with { TimeoutHours = 1 }, "states.explain.timeout_hours", "“Explain”");
        HasOne(State("review") with { Rounds = 2 }, "states.review.rounds", "“Review”");
        HasOne(State("review") with { Turn = TurnRule.Once }, "states.review.turn", "“Review”");
        HasOne(State("begin") with { Result = EndResult.Success }, "states.begin.result", "“Begin”");
        HasOne(State("good") with { Roles = ["developer"] }, "states.good.roles", "“Good”");
        HasOne(State("good") with { Prompts = ["Say goodbye."] }, "states.good.prompts", "“Good”");
        HasOne(State("good") with { Audience = Audience.All }, "states.good.audience", "“Good”");
        HasOne(State("good") with { Capability = "reviewing" }, "states.good.capability", "“Good”");

        static void HasOne(StateDefinition state, string path, string named) => IsAll(With(state), ProblemSeverity.Error, path, named);
    }

    [Fact]
    public void A_state_that_nothing_leads_to() =>
        IsAll(
            With(new StateDefinition("given_up", NodeType.End)),
            ProblemSeverity.Error,
            "states.given_up",
            "“Given up” cannot be reached. No transition leads to it"
        );

    [Fact]
    public void States_that_lead_to_each_other_alone()
    {
        StateDefinition Leading(string name, string to) => new(name, NodeType.Decision) { Next = [When(to, "turn > 3"), Else("good")] };
        var island = With(Leading("one", "other"), Leading("other", "one"));

        HasError(island, "states.one", "“One” cannot be reached");
        HasError(island, "states.other", "from the start either");
        Assert.Equal(2, ScenarioChecks.Of(island).Count);
    }

    [Fact]
    public void Of_a_name_that_is_misspelt_the_cause_is_told_and_not_what_follows_from_it()
    {
        var misspelt = With(State("begin") with { Next = [new TransitionDefinition("explian")] });

        var problem = Assert.Single(ScenarioChecks.Of(misspelt));
        Assert.EndsWith("begin.next[0].to", problem.Path, StringComparison.Ordinal);
        Assert.EndsWith("leads to “Explian”, which is no state. Did you mean “Explain”?", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_no_end_can_be_reached_from() =>
        IsAll(
            Leading(When("trap", "turn > 3"), Else("review"))
                .With(new StateDefinition("trap", NodeType.Decision) { Next = [new TransitionDefinition("trap")] }),
            ProblemSeverity.Error,
            "states.trap.next",
            "“Trap”"
        );
}
