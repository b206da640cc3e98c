using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Definitions;
using static Republic.Tests.Unit.Scenarios.Checks.Checked;

namespace Republic.Tests.Unit.Scenarios.Checks;

public sealed class TransitionChecksTests
{
    [Fact]
    public void An_end_that_leads_on() =>
        IsAll(
            With(State("good") with { Next = [new TransitionDefinition("explain")] }),
            ProblemSeverity.Error,
            "states.good.next",
            "“Good”"
        );

    [Fact]
    public void A_state_that_leads_nowhere() => HasError(Leading(), "states.explain.next", "“Explain”");

    [Fact]
    public void Too_many_transitions()
    {
        var many = Enumerable.Range(1, 20).Select(i => When("good", $"turn == {i}"));

        IsAll(Leading([.. many, Else("review")]), ProblemSeverity.Error, "states.explain.next", "“Explain” has 21 transitions");
    }

    [Fact]
    public void A_transition_to_no_state() =>
        IsAll(Leading(When("ghost", "turn > 3"), Else("review")), ProblemSeverity.Error, "states.explain.next[0].to", "“Ghost”");

    [Fact]
    public void One_of_several_that_says_nothing() =>
        IsAll(
            Leading(new TransitionDefinition("review"), When("good", "turn > 3")),
            ProblemSeverity.Error,
            "states.explain.next[0]",
            "“Explain”"
        );

    [Theory]
    [InlineData(TransitionKind.When, "when", null)]
    [InlineData(TransitionKind.When, "when", " ")]
    [InlineData(TransitionKind.Ask, "ask", null)]
    [InlineData(TransitionKind.Manual, "manual", "")]
    public void One_without_its_text(TransitionKind kind, string field, string? text) =>
        IsAll(
            Leading(new TransitionDefinition("good", kind, text), Else("review")),
            ProblemSeverity.Error,
            $"states.explain.next[0].{field}",
            "“Explain”"
        );

    [Fact]
    public void Two_that_are_taken_otherwise() =>
        IsAll(Leading(Else("review"), Else("good")), ProblemSeverity.Error, "states.explain.next[1].else", "“Explain”");

    [Fact]
    public void One_that_is_taken_otherwise_before_others() =>
        IsAll(Leading(Else("review"), When("good", "turn > 3")), ProblemSeverity.Error, "states.explain.next[0].else", "Put it last");

    [Fact]
    public void Conditions_alone() =>
        IsAll(Leading(When("review", "turn > 3"), When("good", "turn < 3")), ProblemSeverity.Warning, "states.explain.next", "“Explain”");

    [Fact]
    public void Questions_and_labels_are_in_order()
    {
        var asked = new TransitionDefinition("good", TransitionKind.Ask, "Is it good?");
        var chosen = new TransitionDefinition("review", TransitionKind.Manual, "Go on");

        Assert.Empty(ScenarioChecks.Of(Leading(asked, chosen)));
    }
}
