using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Trying;
using Republic.Tests.Unit.Scenarios.Checks;
using static Republic.Tests.Unit.Scenarios.Checks.Checked;

namespace Republic.Tests.Unit.Scenarios.Trying;

public sealed class ScenarioWalkTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void It_begins_at_the_start(string? choices)
    {
        var walk = ScenarioWalk.Follow(Sound, choices);

        Assert.Equal(("begin", "", 0), (walk.Current?.Name, walk.Choices, walk.Turns));
        Assert.Empty(walk.Steps);
        Assert.Null(walk.Interrupted);
        var option = Assert.Single(walk.Options);
        Assert.Equal(("explain", "0", WalkAnswer.Holds), (option.Target?.Name, option.Next, option.Answer));
        Assert.Equal(0, walk.Suggested);
    }

    [Fact]
    public void It_goes_where_it_is_led_and_counts()
    {
        var walk = ScenarioWalk.Follow(Sound, "0-0-1-0");

        Assert.Equal(["begin 1 0 ''", "explain 1 0 '0'", "review 1 1 '0-0'", "explain 2 0 '0-0-1'"], walk.Steps.Select(Line));
        Assert.Equal(("review", 4), (walk.Current?.Name, walk.Turns));
        Assert.Equal(["begin 1", "explain 2", "review 2", "good 0", "poor 0"], walk.Visits.Select(state => $"{state.Key} {state.Value}"));
        Assert.Equal(["0-0-1-0-0", "0-0-1-0-1", "0-0-1-0-2"], walk.Options.Select(option => option.Next));

        static string Line(WalkStep step) => $"{step.State.Name} {step.Visit} {step.Index} '{step.Choices}'";
    }

    [Fact]
    public void It_is_over_at_an_end()
    {
        var walk = ScenarioWalk.Follow(Sound, "0-0-0");

        Assert.True(walk.IsOver);
        Assert.Equal(EndResult.Success, walk.Result);
        Assert.Empty(walk.Options);
        Assert.Null(walk.Suggested);
    }

    [Theory]
    [InlineData("0-0-9", "0-0")]
    [InlineData("1", "")]
    [InlineData("0-x-0", "0")]
    [InlineData("0--0", "0")]
    [InlineData("-1", "")]
    [InlineData("0-+0", "0")]
    [InlineData("0- 0", "0")]
    [InlineData("0-99999999999", "0")]
    [InlineData("0-0-0-0", "0-0-0")]
    public void It_stops_where_the_choices_do_not_fit(string choices, string taken)
    {
        var walk = ScenarioWalk.Follow(Sound, choices);

        Assert.Equal(taken, walk.Choices);
        Assert.StartsWith("The scenario was changed since", walk.Interrupted, StringComparison.Ordinal);
    }

    [Fact]
    public void It_has_at_most_two_hundred_steps()
    {
        var loop = Leading(When("explain", "true"), Else("review"));
        var most = string.Join('-', Enumerable.Repeat(0, 200));

        var full = ScenarioWalk.Follow(loop, most);
        Assert.Equal((most, true, (string?)null), (full.Choices, full.IsFull, full.Interrupted));
        foreach (var more in new[] { most + "-0", most + "-0-0" })
        {
            var cut = ScenarioWalk.Follow(loop, more);
            Assert.Equal(most, cut.Choices);
            Assert.NotNull(cut.Interrupted);
        }
    }

    [Theory]
    [InlineData(null, null, 2)]
    [InlineData(TurnRule.Order, 3, 6)]
    [InlineData(TurnRule.Once, 3, 2)]
    [InlineData(TurnRule.Moderator, 2, 4)]
    public void Each_role_that_acts_has_its_turns(TurnRule? turn, int? rounds, int turns)
    {
        var both = State("explain") with { Roles = ["developer", "reviewer"], Turn = turn, Rounds = rounds };

        Assert.Equal(turns, ScenarioWalk.Follow(With(both), "0").Turns);
        Assert.Equal(turns + 1, ScenarioWalk.Follow(With(both), "0-0").Turns);
    }

    [Fact]
    public void It_says_where_the_turns_are_used_up()
    {
        var limited = Sound with { Limits = new ScenarioLimits(Turns: 2) };

        Assert.Null(ScenarioWalk.Follow(limited, "0").LimitReached);
        Assert.Contains("2 turns", ScenarioWalk.Follow(limited, "0-0").LimitReached, StringComparison.Ordinal);
        Assert.Null(ScenarioWalk.Follow(limited, "0-0-0").LimitReached);
    }

    [Fact]
    public void Without_a_start_there_is_nowhere_to_go()
    {
        var walk = ScenarioWalk.Follow(Sound with { States = [State("good")] }, "0");

        Assert.Null(walk.Current);
        Assert.Empty(walk.Options);
        Assert.False(walk.IsOver);
    }

    [Fact]
    public void Five_hundred_broken_scenarios_are_walked_and_each_option_leads_where_it_says()
    {
        for (var seed = 1; seed <= 500; seed++)
        {
            var broken = BrokenScenarios.Make(seed);
            var walk = ScenarioWalk.Follow(broken, "0-1-2-0-1");
            for (var steps = 0; steps < 8 && walk.Options.FirstOrDefault(IsOpen) is { } option; steps++)
            {
                walk = ScenarioWalk.Follow(broken, option.Next);
                Assert.Equal((option.Next, option.Target, (string?)null), (walk.Choices, walk.Current, walk.Interrupted));
            }
        }

        static bool IsOpen(WalkOption option) => option is { Target: not null, IsUsedUp: false };
    }
}
