using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Definitions;
using static Republic.Tests.Unit.Scenarios.Checks.Checked;

namespace Republic.Tests.Unit.Scenarios.Checks;

public sealed class ConditionChecksTests
{
    private const string First = "states.explain.next[0].when";

    [Theory]
    [InlineData("turn >", "(character 7)")]
    [InlineData("outcome = 'approve'", "(character 9)")]
    [InlineData("weather == 'fine'", "“weather”")]
    [InlineData("facts.leek == 'x'", "“leek”")]
    [InlineData("visits.nowhere > 1", "“nowhere”")]
    [InlineData("turn > 3 && step.mood == 'x'", "step.mood, which is not known")]
    [InlineData("shout(outcome) == 'A'", "shout")]
    [InlineData("outcome.shout() == 'A'", "shout")]
    [InlineData("1 + 1", "neither true nor false")]
    [InlineData("'approve'", "neither true nor false")]
    public void A_condition_that_cannot_hold_as_it_is_written(string condition, string named) =>
        IsAll(Conditional(condition), ProblemSeverity.Error, First, named);

    [Fact]
    public void A_condition_that_is_too_long() =>
        IsAll(Conditional($"outcome == '{new string('x', 1000)}'"), ProblemSeverity.Error, First, "1,000 characters");

    [Fact]
    public void A_condition_that_never_holds() => IsAll(Conditional("1 > 2"), ProblemSeverity.Warning, First, "never holds");

    [Theory]
    [InlineData("outcome == 'approve' && score >= 0.8")]
    [InlineData("step.action == 'a' && step.text == 't' && step.role == 'developer' && step.status == 'COMPLETED'")]
    [InlineData("facts.leak == 'x' || facts['leak'] == 'y'")]
    [InlineData("visits.explain > 1 && turn > 3 && round > 1")]
    [InlineData("minutes > 3.0 || cost > 0.1 || random < 0.5")]
    [InlineData("'developer' in roles && roles.exists(role, role == outcome)")]
    public void A_condition_reads_what_there_is(string condition) => Assert.Empty(ScenarioChecks.Of(Conditional(condition)));

    [Fact]
    public void What_stands_behind_a_condition_that_always_holds() =>
        Assert.Equal(
            ["Warning states.explain.next[1].when", "Warning states.explain.next[2].else"],
            Paths(Leading(When("good", "true"), When("review", "turn > 3"), Else("review")))
        );

    [Fact]
    public void A_question_beside_a_condition_that_always_holds() =>
        IsAll(
            Leading(new TransitionDefinition("good", TransitionKind.Ask, "Is it good?"), When("review", "true")),
            ProblemSeverity.Warning,
            "states.explain.next[0].ask",
            "never reached"
        );

    [Fact]
    public void A_condition_that_holds_so_often_alone_leaves_something_to_the_rest() =>
        Assert.Empty(ScenarioChecks.Of(Leading(When("good", "true") with { MaxVisits = 1 }, Else("review"))));

    [Fact]
    public void The_same_condition_again() =>
        IsAll(
            Leading(When("good", "turn > 3"), When("review", " turn > 3 "), Else("review")),
            ProblemSeverity.Warning,
            "states.explain.next[1].when",
            "turn > 3"
        );

    [Fact]
    public void A_condition_that_is_never_reached_has_to_be_one_all_the_same() =>
        Assert.Equal(
            ["Error states.explain.next[1].when", "Warning states.explain.next[1].when", "Warning states.explain.next[2].else"],
            Paths(Leading(When("good", "true"), When("review", "turn >"), Else("review")))
        );

    private static ScenarioDefinition Conditional(string condition) => Leading(When("good", condition), Else("review"));

    private static IEnumerable<string> Paths(ScenarioDefinition definition) =>
        ScenarioChecks.Of(definition).Select(problem => $"{problem.Severity} {problem.Path}");
}
