using Republic.Core.Minions;

namespace Republic.Tests.Unit.Minions;

public sealed class LevelTests
{
    [Fact]
    public void Level_L_begins_at_50_L_times_L_minus_1_and_the_next_is_100_L_further()
    {
        for (var level = 1; level <= 1000; level++)
        {
            var begins = 50m * level * (level - 1);
            Assert.Equal((level, 0m, 100 * level), (Level.Of(begins).Number, Level.Of(begins).IntoLevel, Level.Of(begins).ToNext));
            Assert.Equal(level, Level.Of(begins + 100 * level - 0.01m).Number);
            Assert.Equal(level + 1, Level.Of(begins + 100 * level).Number);
        }
    }

    [Fact]
    public void More_experience_never_means_a_lower_level_and_what_is_missing_always_adds_up()
    {
        var before = 1;
        for (var experience = 0m; experience < 60_000; experience += 7.31m)
        {
            var level = Level.Of(experience);
            Assert.InRange(level.Number, before, before + 1);
            Assert.InRange(level.IntoLevel, 0, level.ToNext - 0.01m);
            Assert.Equal(level.ToNext, level.IntoLevel + level.Missing);
            before = level.Number;
        }
    }

    [Theory]
    [InlineData(1, "beginner")]
    [InlineData(2, "beginner")]
    [InlineData(3, "apprentice")]
    [InlineData(4, "apprentice")]
    [InlineData(5, "adept")]
    [InlineData(7, "adept")]
    [InlineData(8, "expert")]
    [InlineData(11, "expert")]
    [InlineData(12, "master")]
    [InlineData(500, "master")]
    public void Titles_follow_the_level(int level, string title) => Assert.Equal(title, Level.Of(50m * level * (level - 1)).Title);
}
