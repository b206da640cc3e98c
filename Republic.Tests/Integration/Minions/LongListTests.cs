using System.Net;
using System.Text.RegularExpressions;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Minions;

/// <summary>A list that is longer than what a page shows at first.</summary>
public sealed partial class LongListTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_chosen_provider_shows_sixty_and_show_more_asks_for_twice_as_many()
    {
        var person = await republic.NewPersonAsync("Many");
        for (var i = 0; i < 62; i++)
        {
            await person.NewMinionAsync($"many-{i}");
        }

        var browser = await person.BrowserAsync();
        var first = await browser.ReadAsync("/models?provider=local&sort=Name");
        Assert.Equal(60, Cards(first));
        Assert.Contains("60 of 62 minions", first, StringComparison.Ordinal);
        var more = WebUtility.HtmlDecode(MoreLink().Match(first).Groups["address"].Value);
        Assert.Contains("show=120", more, StringComparison.Ordinal);
        Assert.Contains("provider=local", more, StringComparison.Ordinal);

        var second = await browser.ReadAsync(more);
        Assert.Equal(62, Cards(second));
        Assert.DoesNotContain("group-more", second, StringComparison.Ordinal);
        // No length shows less than a page, and none asks for everything at once.
        Assert.Equal(60, Cards(await browser.ReadAsync("/models?provider=local&show=1")));
    }

    private static int Cards(string page) => page.Split("<article")[1..].Length;

    [GeneratedRegex("class=\"group-more\"><a class=\"btn\" href=\"(?<address>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex MoreLink();
}
