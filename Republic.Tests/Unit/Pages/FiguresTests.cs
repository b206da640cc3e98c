using Republic.Web.Pages.Shared;

namespace Republic.Tests.Unit.Pages;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, 200, "0 %")]
    [InlineData(200, 200, "100 %")]
    [InlineData(199_999, 200_000, "99.9 %")]
    [InlineData(1, 200_000, "0.01 %")]
    [InlineData(1_039, 200_000, "0.52 %")]
    [InlineData(161_044, 200_000, "80.5 %")]
    [InlineData(0, 0, "–")]
    public void A_share_is_never_rounded_to_all_or_nothing(long part, long whole, string said) =>
        Assert.Equal(said, Figures.Share(part, whole));

    [Theory]
    [InlineData(0.4, "about a second")]
    [InlineData(42.4, "about 42 s")]
    [InlineData(400, "about 7 min")]
    [InlineData(9_000, "about 2.5 h")]
    public void What_is_left_is_said_no_more_exactly_than_it_is_known(double seconds, string said) =>
        Assert.Equal(said, Figures.About(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(1, "1 row")]
    [InlineData(0, "0 rows")]
    [InlineData(1_204, "1,204 rows")]
    public void One_has_another_word_than_more(long count, string said) => Assert.Equal(said, Figures.Count(count, "row"));

    [Theory]
    [InlineData(-3, "−3")]
    [InlineData(0, "0")]
    [InlineData(1_200, "+1,200")]
    public void A_difference_says_its_direction(long difference, string said) => Assert.Equal(said, Figures.Change(difference));
}
