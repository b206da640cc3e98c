using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>The main thing that people do here, from the first form to the way back.</summary>
public sealed class WholeRunTests(SlowTrainingWorld world, Browser browser) : IClassFixture<SlowTrainingWorld>
{
    [Fact]
    public async Task A_run_is_configured_left_in_the_middle_found_in_another_browser_read_and_rolled_back()
    {
        var person = await world.NewPersonAsync("Whole");
        var minion = await person.NewMinionAsync("bosun");
        await TrainingWorld.NewDatasetAsync(person, 60);
        var run = await ConfigureAndLeaveAsync(person, minion);

        await using var other = await OpenAsync(person, run);
        var page = other.Page;
        await Expect(page.Locator("#h-gate")).ToBeVisibleAsync(new() { Timeout = 300_000 });
        // Whatever was measured.
        await Expect(page.Locator(".verdict"))
            .ToContainTextAsync(new Regex("made live as version 1|Version 1 was made live", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Equal(1, await VersionAsync(person, minion));
        await Expect(page.Locator("#run-loss")).ToBeHiddenAsync();
        await page.Locator("#why > summary").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Answers before and after" })).ToBeVisibleAsync();
        await Expect(page.Locator("#run-loss canvas")).ToBeVisibleAsync();
        await Expect(page).ToHaveTitleAsync("Sea talk: report · Republic");
        await other.AssertAccessibleAsync();
        await Expect(page.Locator("#under-way > i")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back to version 0" }).ClickAsync();
        await Expect(page.GetByText("Version 1 and its report stay")).ToBeVisibleAsync();
        await other.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep version 1" }).ClickAsync();
        await Expect(page.GetByText("Version 1 and its report stay")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back to version 0" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use version 0" }).ClickAsync();
        await other.ArriveAsync($"/models/{minion.Id}#versions$");
        await Expect(page.Locator(".toast")).ToContainTextAsync("Bosun answers as version 0 now.");
        Assert.Equal(0, await VersionAsync(person, minion));

        await other.GoAsync(run);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Roll back" })).ToHaveCountAsync(0);
        await other.GoAsync($"/training/{run[^36..]}/export");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await other.AssertAccessibleAsync();
        Assert.Empty(other.Complaints);
    }

    /// <returns>The address of the run, which is at work.</returns>
    private async Task<string> ConfigureAndLeaveAsync(Inhabitant person, TestMinion minion)
    {
        await using var tab = await OpenAsync(person, $"/training/new?minion={minion.Id}");
        var page = tab.Page;
        await page.GetByLabel("Name of the run").FillAsync("Sea talk");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "60 rows" }).CheckAsync();
        await page.Locator("#fold-lora > summary").ClickAsync();
        await page.Locator("#fold-measure > summary").ClickAsync();
        await page.GetByLabel("Epochs").FillAsync("1");
        await page.GetByLabel("Rank").FillAsync("8");
        await page.GetByLabel("Replay").FillAsync("0.25");
        await page.GetByLabel("Repeats").FillAsync("1");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Always." }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await tab.ArriveAsync("/training/[0-9a-f-]{36}$");
        // What is replayed is drawn first.
        await Expect(page.Locator("#run-loss canvas")).ToBeVisibleAsync(new() { Timeout = 180_000 });
        await Expect(page.Locator("#under-way > i")).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
        return new Uri(page.Url).AbsolutePath;
    }

    private static async Task<int> VersionAsync(Inhabitant person, TestMinion minion) =>
        (await person.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!["version"]!.GetValue<int>();

    private async Task<Tab> OpenAsync(Inhabitant person, string path)
    {
        var tab = await browser.OpenAsync(world.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }
}
