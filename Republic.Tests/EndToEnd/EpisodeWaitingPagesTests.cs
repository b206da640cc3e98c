using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class EpisodeWaitingPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task The_navigation_counts_the_episodes_that_wait_for_whoever_looks_at_it()
    {
        var person = await republic.NewPersonAsync("Looks elsewhere");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync("/scenarios");
        var (rail, sheet) = (tab.Page.Locator("nav > .only-wide .episodes-waiting"), tab.Page.Locator("#more .episodes-waiting"));
        await Expect(rail).ToHaveTextAsync("");

        var episode = await PlayedEpisode.AloneAsync(person, "counted live");
        await Expect(rail).ToHaveTextAsync(", 1 waiting for you");
        await Expect(sheet).ToHaveTextAsync(", 1 waiting for you");
        await tab.GoAsync("/scenarios");
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Episodes , 1 waiting for you" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await episode.DoAsync("pause");
        await Expect(rail).ToHaveTextAsync("");
        await Expect(sheet).ToHaveTextAsync("");
        Assert.Empty(tab.Complaints);
    }
}
