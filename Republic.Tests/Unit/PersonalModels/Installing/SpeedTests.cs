using Republic.Core.PersonalModels.Installing;

namespace Republic.Tests.Unit.PersonalModels.Installing;

public sealed class SpeedTests
{
    [Theory]
    [InlineData(64, 100, 2100, 31.5)]
    [InlineData(1, 500, 500, 2)]
    // All at once: the moment between the first and the last tells nothing.
    [InlineData(64, 99.4, 100, 640)]
    [InlineData(64, 100, 100, 640)]
    public void Of_an_answer_the_time_after_its_first_token_counts_unless_it_came_all_at_once(
        long tokens,
        double first,
        double all,
        double speed
    ) => Assert.Equal(speed, TestStage.SpeedOf(tokens, TimeSpan.FromMilliseconds(first), TimeSpan.FromMilliseconds(all)), 6);
}
