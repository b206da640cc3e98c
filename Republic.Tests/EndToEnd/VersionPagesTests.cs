using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>The versions on a minion's page.</summary>
public sealed class VersionPagesTests(SharedRepublic world, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_version_appears_as_its_run_ends_is_put_to_use_and_that_is_undone()
    {
        await using var vendor = new FakeVendor();
        var person = await world.NewPersonAsync("Versions");
        var minion = await person.NewMinionAsync("clerk", vendor);
        await using var tab = await OpenAsync(person, $"/models/{minion.Id}");
        var page = tab.Page;
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Versions" })).ToHaveCountAsync(0);

        var run = await TrainingWorld.NewJobAsync(person, minion.Id, [], TrainingWorld.Friendly(1));
        await TrainingWorld.StartAsync(person, run);
        await Expect(Version(page, 1)).ToContainTextAsync("Draft");
        await Expect(Version(page, 0)).ToContainTextAsync("In use");
        await tab.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Use this version (1)" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToContainTextAsync("Clerk answers as version 1 now.");
        await Expect(Version(page, 1)).ToContainTextAsync("In use");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToContainTextAsync("Clerk answers as version 0 now.");
        await Expect(Version(page, 0)).ToContainTextAsync("In use");

        // From elsewhere: the page follows.
        await person.Api.PostAsync($"/api/minions/{minion.Id}/versions/1/promote");
        await Expect(Version(page, 1)).ToContainTextAsync("In use");
        await Version(page, 1).GetByRole(AriaRole.Link, new() { Name = "Version 1" }).ClickAsync();
        await tab.ArriveAsync("/versions/1$");
        await tab.AssertAccessibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Without_scripts_a_version_is_put_to_use_and_rolled_back_too()
    {
        await using var vendor = new FakeVendor();
        var person = await world.NewPersonAsync("Plain");
        var minion = await person.NewMinionAsync("clerk", vendor);
        var run = await TrainingWorld.NewJobAsync(person, minion.Id, [], TrainingWorld.Friendly(1));
        await TrainingWorld.StartAsync(person, run);
        await TrainingWorld.EndAsync(person, run);
        await using var tab = await OpenAsync(person, $"/models/{minion.Id}", javaScript: false);
        var page = tab.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = "Use this version (1)" }).ClickAsync();
        await Expect(Version(page, 1)).ToContainTextAsync("In use");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(Version(page, 0)).ToContainTextAsync("In use");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this version (1)" }).ClickAsync();
        await Expect(Version(page, 1)).ToContainTextAsync("In use");
    }

    private static ILocator Version(IPage page, int number) =>
        page.Locator(".versions > li", new() { Has = page.GetByRole(AriaRole.Link, new() { Name = $"Version {number}", Exact = true }) });

    private async Task<Tab> OpenAsync(Inhabitant person, string path, bool javaScript = true)
    {
        var tab = await browser.OpenAsync(world.Address, javaScript);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }
}
