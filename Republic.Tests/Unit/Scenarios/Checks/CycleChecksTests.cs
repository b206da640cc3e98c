using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Definitions;
using static Republic.Tests.Unit.Scenarios.Checks.Checked;

namespace Republic.Tests.Unit.Scenarios.Checks;

public sealed class CycleChecksTests
{
    [Fact]
    public void A_cycle_that_nothing_limits() =>
        IsAll(Cycle(Else("explain")), ProblemSeverity.Warning, "states.explain", "The cycle of “Explain” and “Review”");

    [Fact]
    public void A_state_that_leads_to_itself() =>
        IsAll(
            Cycle(Else("poor")).With(State("explain") with { Next = [When("explain", "outcome == 'more'"), Else("review")] }),
            ProblemSeverity.Warning,
            "states.explain",
            "“Explain” can go on for ever"
        );

    [Fact]
    public void What_may_be_taken_so_often_alone_limits_a_cycle_only_within_it()
    {
        Assert.Empty(ScenarioChecks.Of(Cycle(When("explain", "outcome == 'more'") with { MaxVisits = 3 })));
        IsAll(
            Cycle(When("poor", "outcome == 'reject'") with { MaxVisits = 3 }, Else("explain")),
            ProblemSeverity.Warning,
            "states.explain",
            "“Review”"
        );
    }

    [Theory]
    [InlineData("visits.explain < 3")]
    [InlineData("turn < 9")]
    [InlineData("round < 3")]
    [InlineData("minutes < 5.0")]
    [InlineData("cost < 0.1")]
    public void A_condition_that_counts_limits_it(string condition)
    {
        Assert.Empty(ScenarioChecks.Of(Cycle(When("explain", condition), Else("poor"))));
        Assert.Empty(ScenarioChecks.Of(Cycle(When("poor", $"!({condition})"), Else("explain"))));
    }

    [Fact]
    public void The_limits_of_the_scenario_limit_it()
    {
        var cycle = Cycle(Else("explain"));

        Assert.Empty(ScenarioChecks.Of(cycle with { Limits = new ScenarioLimits(Turns: 9) }));
        Assert.Empty(ScenarioChecks.Of(cycle with { Limits = new ScenarioLimits(Minutes: 9) }));
        Assert.Empty(ScenarioChecks.Of(cycle with { Limits = new ScenarioLimits(Cost: 1) }));
        Assert.Empty(ScenarioChecks.Of(cycle with { Limits = new ScenarioLimits(Tokens: 9000) }));
    }

    /// <summary>The sound scenario without limits, where the review leads to the good end, or on like this.</summary>
    private static ScenarioDefinition Cycle(params TransitionDefinition[] next)
    {
        var last = next.Any(one => one.Kind == TransitionKind.Else) ? next : [.. next, Else("poor")];
        var states = next.Any(one => one.To == "poor") || last.Length > next.Length ? Sound.States : [.. Sound.States.SkipLast(1)];
        var review = State("review") with { Next = [When("good", "outcome == 'approve'"), .. last] };
        return (Sound with { Limits = new ScenarioLimits(), States = states }).With(review);
    }
}
