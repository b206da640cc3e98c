using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

[Collection(nameof(IdleNode))]
public sealed class SchedulePagesTests(IdleRepublic republic, Browser browser)
{
    [Fact]
    public async Task A_run_is_planned_by_the_clock_of_the_browser_and_paused()
    {
        await republic.Ada.NewMinionAsync("planner");
        await TrainingWorld.NewDatasetAsync(republic.Ada, 6);
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Ada);
        await tab.GoAsync("/training");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "New schedule" }).ClickAsync();
        await Expect(tab.Page.GetByLabel("Time zone")).Not.ToHaveValueAsync("");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Plan it" }).ClickAsync();
        await Expect(tab.Page.GetByText("Give the schedule a name")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await tab.Page.GetByLabel("Name").FillAsync("Every night");
        await tab.Page.GetByLabel("6 rows").CheckAsync();
        await tab.Page.GetByLabel("Day").SelectOptionAsync("every");
        await tab.Page.GetByLabel("At, or from").FillAsync("01:00");
        await tab.Page.GetByLabel("Off-peak until").FillAsync("05:30");
        await tab.Page.GetByLabel("Time zone").FillAsync("Europe/Berlin");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Plan it" }).ClickAsync();
        var list = tab.Page.Locator("#schedules");
        await Expect(list).ToContainTextAsync("Every day in the hours from 01:00 to 05:30, Europe/Berlin");
        // The browser's zone need not be that of the schedule.
        var zone = await tab.Page.EvaluateAsync<string>("Intl.DateTimeFormat().resolvedOptions().timeZone");
        await Expect(list.Locator("span:has(> time)", new() { HasText = "Next:" })).ToContainTextAsync(zone);
        await list.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(list).ToContainTextAsync("Paused");
        await tab.AssertAccessibleAsync();
        Assert.Empty(tab.Complaints);
    }
}
