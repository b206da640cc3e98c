using Republic.Web.Pages.Datasets;

namespace Republic.Tests.Unit.Pages.Datasets;

public sealed class CountBarTests
{
    [Fact]
    public void The_parts_stand_side_by_side_and_fill_the_bar()
    {
        var bar = CountBar.Of([Part("usable", 750), Part("exact", 250)]);

        Assert.Equal([0, 750], bar.Select(stretch => stretch.X));
        Assert.Equal([750, 250], bar.Select(stretch => stretch.Width));
    }

    [Fact]
    public void One_malformed_line_among_a_million_is_still_seen()
    {
        var bar = CountBar.Of([Part("usable", 999_998), Part("malformed", 1), Part("short", 0), Part("long", 1)]);

        Assert.Equal(["usable", "malformed", "long"], bar.Select(stretch => stretch.Kind));
        Assert.All(bar, stretch => Assert.True(stretch.Width >= CountBar.LeastWidth));
        Assert.Equal(CountBar.Width, bar.Sum(stretch => stretch.Width), 6);
        Assert.Equal(CountBar.Width, bar[^1].X + bar[^1].Width, 6);
    }

    [Fact]
    public void Nothing_makes_an_empty_bar() => Assert.Empty(CountBar.Of([Part("usable", 0)]));

    private static CountPart Part(string kind, long count) => new(kind, kind, count, "");
}
