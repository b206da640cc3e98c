using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Definitions;
using static Republic.Tests.Unit.Scenarios.Checks.Checked;

namespace Republic.Tests.Unit.Scenarios.Checks;

public sealed class ScenarioChecksTests
{
    [Fact]
    public void A_sound_scenario_and_one_that_ends_at_once_have_no_problems()
    {
        var blank = new ScenarioDefinition
        {
            Name = "Blank",
            States =
            [
                new StateDefinition("begin", NodeType.Start) { Next = [new TransitionDefinition("done")] },
                new StateDefinition("done", NodeType.End),
            ],
        };

        Assert.Empty(ScenarioChecks.Of(Sound));
        Assert.Empty(ScenarioChecks.Of(blank));
    }

    [Fact]
    public void Problems_stand_in_the_order_of_their_elements()
    {
        var broken = Leading(When("ghost", "weather == 1"), Else("review")) with
        {
            Learner = "pupil",
            Roles = [.. Sound.Roles, new RoleDefinition("guest")],
            Facts = [.. Sound.Facts, Fact("hidden")],
        };
        broken = broken.With(State("review") with { Prompts = [] }, new StateDefinition("lost", NodeType.Decision));

        Assert.Equal(
            [
                "learner",
                "roles.guest",
                "facts.hidden",
                "states.explain.next[0].to",
                "states.explain.next[0].when",
                "states.review.prompts",
                "states.lost.next",
            ],
            ScenarioChecks.Of(broken).Select(problem => problem.Path)
        );
    }

    [Fact]
    public void Five_hundred_broken_scenarios_are_checked_and_each_twice_the_same()
    {
        for (var seed = 1; seed <= 500; seed++)
        {
            var broken = BrokenScenarios.Make(seed);

            var problems = ScenarioChecks.Of(broken);

            Assert.Equal(problems, ScenarioChecks.Of(broken));
            Assert.All(problems, problem => Assert.NotEmpty(problem.Message));
        }
    }

    [Fact]
    public void A_scenario_of_sixty_states_with_twenty_transitions_each_is_checked()
    {
        var large = Sound with
        {
            Limits = new ScenarioLimits(),
            States = [.. Enumerable.Range(0, 60).Select(i => new StateDefinition($"s{i}", NodeType.Decision) { Next = [.. Many(i)] })],
        };

        // A check that followed each of its paths, of which there are more than 20 to the 60th, would not end.
        var problems = ScenarioChecks.Of(large);

        Assert.Contains(problems, problem => problem.Message.Contains("start", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(problems, ScenarioChecks.Of(large));

        static IEnumerable<TransitionDefinition> Many(int from) =>
            Enumerable.Range(0, 20).Select(i => When($"s{(from + i) % 60}", $"outcome == 'x{i}' && score > {from}.5"));
    }
}
