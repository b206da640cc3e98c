using Microsoft.Playwright;
using Republic.Core.Jobs;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class AnalyticsPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task Somebody_finds_the_figures_and_chooses_among_them()
    {
        var (bosun, sage) = (await republic.Jonas.NewMinionAsync("bosun"), await republic.Jonas.NewMinionAsync("sage"));
        var planted = new PlantedUsage(republic, republic.Jonas);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var days in new[] { 1, 3, 8, 20 })
        {
            await planted.AnswerAsync(bosun.Id, now.AddDays(-days), "local", 100 * days, 20, 0, 800 * days, version: 1);
            await planted.AnswerAsync(sage.Id, now.AddDays(-days), "openai", 700, 90, cost: null);
            await planted.RunAsync(
                bosun.Id,
                now.AddDays(-days),
                "local",
                JobStatus.Completed,
                PlantedUsage.Report(days, days, 60, 60 + days)
            );
        }

        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Jonas);
        await tab.GoAsync("/training");
        await tab
            .Page.GetByRole(AriaRole.Navigation, new() { Name = "Teach" })
            .GetByRole(AriaRole.Link, new() { Name = "Analytics" })
            .ClickAsync();
        await Expect(tab.Page.Locator("[data-chart] canvas")).ToHaveCountAsync(8);
        await Expect(tab.Page.GetByRole(AriaRole.Region, new() { Name = "By minion" }).First).ToContainTextAsync("no price known");
        await tab.AssertPleasantAsync();

        await tab.Page.SetViewportSizeAsync(1280, 900);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "7 days" }).ClickAsync();
        await Expect(tab.Page.Locator(".stat").First).ToContainTextAsync("2 of 2 completed");
        await tab.Page.GetByLabel("Minion", new() { Exact = true }).SelectOptionAsync("Sage");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(tab.Page.Locator(".stat").First).ToContainTextAsync("0 of 0 completed");
        var download = await tab.Page.RunAndWaitForDownloadAsync(() =>
            tab.Page.GetByRole(AriaRole.Link, new() { Name = "CSV by day" }).ClickAsync()
        );
        Assert.StartsWith("analytics-days-", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Empty(tab.Complaints);
    }
}
