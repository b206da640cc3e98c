using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Definitions;
using static Republic.Tests.Unit.Scenarios.Checks.Checked;

namespace Republic.Tests.Unit.Scenarios.Checks;

public sealed class RoleChecksTests
{
    [Fact]
    public void A_learner_that_is_no_role() => IsAll(Sound with { Learner = "pupil" }, ProblemSeverity.Error, "learner", "“Pupil”");

    [Fact]
    public void A_learner_that_does_nothing() =>
        IsAll(WithRole(new RoleDefinition("pupil")) with { Learner = "pupil" }, ProblemSeverity.Warning, "learner", "“Pupil”");

    [Fact]
    public void A_role_that_does_and_hears_nothing() =>
        IsAll(WithRole(new RoleDefinition("guest")), ProblemSeverity.Warning, "roles.guest", "“Guest”");

    [Fact]
    public void A_role_that_directs_or_listens_is_none_of_them()
    {
        Assert.Empty(ScenarioChecks.Of(WithRole(new RoleDefinition("director") { IsDirector = true })));
        var listened = WithRole(new RoleDefinition("guest")).With(State("explain") with { Audience = Audience.Of(["reviewer", "guest"]) });
        Assert.Empty(ScenarioChecks.Of(listened));
    }

    [Fact]
    public void A_question_to_a_director_that_nobody_is()
    {
        var asking = State("explain") with
        {
            Next =
            [
                new TransitionDefinition("review", TransitionKind.Ask, "Is it clear?"),
                new TransitionDefinition("review", TransitionKind.Else),
            ],
        };
        IsAll(With(asking), ProblemSeverity.Warning, "states.explain", "the director");
        Assert.Empty(ScenarioChecks.Of(WithRole(new RoleDefinition("chair") { IsDirector = true }).With(asking)));
    }

    [Fact]
    public void A_state_where_nobody_that_there_is_acts() =>
        IsAll(With(State("explain") with { Roles = ["developer", "ghost"] }), ProblemSeverity.Error, "states.explain.roles", "“Ghost”");

    [Fact]
    public void An_audience_of_nobody_that_there_is() =>
        IsAll(
            With(State("explain") with { Audience = Audience.Of(["ghost"]) }),
            ProblemSeverity.Error,
            "states.explain.audience",
            "“Ghost”"
        );

    [Fact]
    public void A_fact_that_is_known_to_nobody_that_there_is() =>
        IsAll(Sound with { Facts = [Fact("leak", Audience.Of(["ghost"]))] }, ProblemSeverity.Error, "facts.leak.known_to", "“Ghost”");

    [Fact]
    public void A_fact_that_nobody_knows_and_nothing_reads()
    {
        var hidden = Sound with { Facts = [.. Sound.Facts, Fact("hidden")] };

        IsAll(hidden, ProblemSeverity.Warning, "facts.hidden", "“Hidden”");
        foreach (var condition in new[] { "facts.hidden == 'x'", "facts['hidden'] == 'x'", "size(facts) > 1" })
        {
            Assert.Empty(ScenarioChecks.Of(hidden.With(State("explain") with { Next = [When("good", condition), Else("review")] })));
        }
    }

    private static ScenarioDefinition WithRole(RoleDefinition role) => Sound with { Roles = [.. Sound.Roles, role] };
}
