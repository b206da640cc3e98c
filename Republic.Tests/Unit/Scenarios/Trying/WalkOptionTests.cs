using System.Text.Json;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Trying;
using static Republic.Tests.Unit.Scenarios.Checks.Checked;

namespace Republic.Tests.Unit.Scenarios.Trying;

/// <summary>Which transitions of the first action would be taken.</summary>
public sealed class WalkOptionTests
{
    private static readonly TransitionDefinition Ask = new("good", TransitionKind.Ask, "Is it good?");
    private static readonly TransitionDefinition Manual = new("good", TransitionKind.Manual, "Good");

    [Theory]
    [InlineData("visits.explain == 1 && visits.review == 0")]
    [InlineData("turn == 1")]
    [InlineData("'reviewer' in roles && size(roles) == 2")]
    [InlineData("facts.leak == 'Line 12'")]
    [InlineData("facts.whole + 1 == 4")]
    [InlineData("facts.decimal + 0.5 == 2.0")]
    [InlineData("facts.flag && facts.nothing == null")]
    [InlineData("facts.list[1] == true && size(facts.list) == 3")]
    [InlineData("outcome == 'approve' || true")]
    public void A_condition_holds_by_what_the_walk_knows(string condition) => Assert.Equal(WalkAnswer.Holds, AnswerTo(condition).Answer);

    [Theory]
    [InlineData("visits.review > 0")]
    [InlineData("score > 0.5 && turn > 5")]
    [InlineData("facts.leak == 'Line 13'")]
    public void It_does_not_hold(string condition) => Assert.Equal(WalkAnswer.DoesNotHold, AnswerTo(condition).Answer);

    [Theory]
    [InlineData("outcome == 'approve'")]
    [InlineData("score >= 0.8")]
    [InlineData("step.text.contains('x')")]
    [InlineData("has(step.text)")]
    [InlineData("round > 1")]
    [InlineData("minutes > 1.0")]
    [InlineData("cost > 0.1")]
    [InlineData("random < 0.5")]
    public void It_depends_on_what_only_an_episode_knows(string condition)
    {
        var option = AnswerTo(condition);

        Assert.Equal((WalkAnswer.Open, "Depends on what happens"), (option.Answer, option.Sentence));
    }

    [Theory]
    [InlineData("facts.leek == 'x'", "facts has no field leek")]
    [InlineData("visits.nowhere > 1", "visits has no field nowhere")]
    [InlineData("turn", "neither true nor false")]
    [InlineData("turn >", "a value is missing at the end")]
    public void It_errs_and_counts_as_false(string condition, string error)
    {
        var option = AnswerTo(condition);

        Assert.Equal(WalkAnswer.Errs, option.Answer);
        Assert.Contains(error, option.Sentence, StringComparison.Ordinal);
        Assert.Equal(1, Suggested(When("good", condition), Else("review")));
    }

    [Fact]
    public void What_is_certain_is_suggested()
    {
        Assert.Equal(0, Suggested(new TransitionDefinition("review")));
        Assert.Equal(1, Suggested(When("good", "turn > 5"), When("review", "turn < 5"), Else("poor")));
        Assert.Equal(1, Suggested(When("good", "turn > 5"), Else("review")));
        Assert.Equal(1, Suggested(Ask, When("review", "turn < 5")));
        Assert.Null(Suggested(When("good", "outcome == 'x'"), When("review", "turn < 5")));
        Assert.Null(Suggested(When("good", "turn > 5"), Ask, Else("review")));
        Assert.Null(Suggested(Manual, Else("review")));
        Assert.Null(Suggested(When("ghost", "true"), Else("review")));
        Assert.Null(Suggested(When("good", "turn > 5")));
    }

    [Fact]
    public void Otherwise_depends_on_the_others()
    {
        Assert.Equal(WalkAnswer.Holds, Last(When("good", "turn > 5"), Else("review")));
        Assert.Equal(WalkAnswer.DoesNotHold, Last(When("good", "turn < 5"), Else("review")));
        Assert.Equal(WalkAnswer.Open, Last(When("good", "outcome == 'x'"), Else("review")));
        Assert.Equal(WalkAnswer.Open, Last(Manual, Else("review")));

        static WalkAnswer Last(params TransitionDefinition[] next) => Walk(next).Options[^1].Answer;
    }

    [Fact]
    public void One_that_was_taken_as_often_as_it_can_be_is_left_out()
    {
        var once = Leading(When("explain", "true") with { MaxVisits = 1 }, Else("review"));

        Assert.Equal((0, false), Figures(ScenarioWalk.Follow(once, "0")));
        Assert.Equal((1, true), Figures(ScenarioWalk.Follow(once, "0-0")));
        var refused = ScenarioWalk.Follow(once, "0-0-0");
        Assert.Equal("0-0", refused.Choices);
        Assert.NotNull(refused.Interrupted);
        Assert.Equal("Was taken 1 time, and no more is allowed", refused.Options[0].Sentence);

        static (int, bool) Figures(WalkView walk) => (walk.Suggested ?? -1, walk.Options[0].IsUsedUp);
    }

    private static WalkOption AnswerTo(string condition) => Walk(When("good", condition), Else("review")).Options[0];

    private static int? Suggested(params TransitionDefinition[] next) => Walk(next).Suggested;

    private static WalkView Walk(params TransitionDefinition[] next)
    {
        var facts = new (string Name, object? Value)[]
        {
            ("whole", 3),
            ("decimal", 1.5),
            ("flag", true),
            ("nothing", null),
            ("list", new object[] { "a", true, 2 }),
        };
        var more = facts.Select(fact => new FactDefinition(fact.Name, JsonSerializer.SerializeToElement(fact.Value)));
        return ScenarioWalk.Follow(Leading(next) with { Facts = [.. Sound.Facts, .. more] }, "0");
    }
}
