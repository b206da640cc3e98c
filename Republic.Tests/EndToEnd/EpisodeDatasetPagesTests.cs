using Microsoft.Playwright;
using Republic.Tests.Unit.Episodes;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>A person makes a dataset of what a role knew and said in an episode.</summary>
public sealed class EpisodeDatasetPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task An_episode_that_is_over_becomes_a_dataset_of_the_role_that_is_chosen()
    {
        var person = await republic.NewPersonAsync("Gathers");
        await using var vendor = new FakeVendor();
        vendor.StreamsTo(asked => PlayedEpisode.IsReviewer(asked) ? "OUTCOME: approve\nFine by me." : "I closed the handle.");
        var episode = await PlayedEpisode.ReviewAsync(person, vendor);
        await episode.DoAsync("start");
        await episode.RestAsync();
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        var page = tab.Page;
        await tab.GoAsync($"/episodes/{episode.Id}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Make a dataset of it" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Developer" })).ToBeCheckedAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Reviewer" }).CheckAsync();
        await page.GetByText("The first row of Reviewer").ClickAsync();
        await Expect(page.GetByText("Leak: Line 12 leaks a handle")).ToBeVisibleAsync();
        await tab.AssertPleasantAsync();
        await page.GetByLabel("Name").FillAsync("What a reviewer says");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the dataset" }).ClickAsync();

        await tab.ArriveAsync("/datasets/[0-9a-f-]{36}$");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What a reviewer says" })).ToBeVisibleAsync();
        await Expect(page.Locator(".page-head p").Last).ToHaveTextAsync("The one row is usable.");
        Assert.Empty(tab.Complaints);
    }
}
