using Republic.Core;
using Republic.Core.Episodes.Control;

namespace Republic.Tests.Unit.Episodes;

public sealed class ActInputTests
{
    [Theory]
    [InlineData(null, "missing")]
    [InlineData(-5.0, "from 0, bad, to 1, good")]
    [InlineData(1e308, "from 0, bad, to 1, good")]
    [InlineData(double.NaN, "from 0, bad, to 1, good")]
    [InlineData(0.0, null)]
    [InlineData(0.7, null)]
    [InlineData(1.0, null)]
    public void A_person_rates_their_step_where_a_condition_reads_that(double? score, string? why)
    {
        var played = new PlayedMachine(EpisodeScenarios.Rated).Start("writer");
        var problems = Problems(played, new ActInput("writer", "I wrote it.", null, score));
        string[] wrong = why is null ? [] : ["score"];
        Assert.Equal(wrong, problems.Select(problem => problem.Field));
        Assert.Contains(why ?? "", string.Concat(problems.Select(problem => problem.Message)), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_none_reads_it_nobody_is_asked_for_a_score()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start("developer");
        Assert.Empty(Problems(played, new ActInput("developer", "I changed it.", null, null)));
    }

    [Theory]
    [InlineData("   ")]
    [InlineData("\u200B")]
    [InlineData("\uFE0F\u3164")]
    public void What_nobody_can_see_is_no_step(string text)
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start("developer");
        var acted = Problems(played, new ActInput("developer", text, null, null));
        Assert.Equal("text", Assert.Single(acted).Field);
        var forked = new ForkInput(2, text, null, null, null, null).Problems();
        Assert.Equal("text", Assert.Single(forked).Field);
    }

    private static IReadOnlyList<FieldError> Problems(PlayedMachine played, ActInput input) =>
        input.Problems(EpisodeScenarios.PlayerOf(input.Role!), played.Machine, played.State);
}
