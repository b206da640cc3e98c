using Microsoft.Playwright;
using Republic.Core.Jobs;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class AnalyticsPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    /// <summary>Labels of axes that touch each other, or that the card cuts off.</summary>
    private const string LabelsInEachOthersSpace = """
        () => [...document.querySelectorAll(".plot")].flatMap(plot => {
            const card = plot.closest(".card").getBoundingClientRect();
            const labels = [...plot.querySelectorAll(".tick, .along")]
                .map(text => ({ text: text.textContent, box: text.getBoundingClientRect() }))
                .filter(({ box }) => box.width > 0);
            const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
            return labels
                .filter(({ box }, i) =>
                    box.left < card.left || box.right > card.right || box.right > innerWidth
                    || labels.some((other, j) => j > i && touch(box, other.box)))
                .map(({ text }) => `${plot.getAttribute("aria-label")}: ${text}`);
        })
        """;

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
        await tab.OpenMenuAsync();
        await tab.Page.Locator(".me-menu").GetByRole(AriaRole.Link, new() { Name = "Analytics" }).ClickAsync();
        await Expect(tab.Page.Locator("[data-chart] .plot")).ToHaveCountAsync(8);
        await BarsCountInWholeNumbersAsync(tab);
        await Expect(tab.Page.GetByRole(AriaRole.Region, new() { Name = "By minion" }).First).ToContainTextAsync("no price known");
        await tab.AssertAccessibleAsync();
        foreach (var width in new[] { 390, 1280 })
        {
            await tab.Page.SetViewportSizeAsync(width, 900);
            Assert.Empty(await tab.Page.EvaluateAsync<string[]>(LabelsInEachOthersSpace));
        }

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

    private static async Task BarsCountInWholeNumbersAsync(Tab tab)
    {
        var runs = tab.Page.GetByRole(AriaRole.Region, new() { Name = "Runs by day and outcome" }).Locator("[data-chart=bars]");
        await Expect(runs.Locator(".col")).ToHaveCountAsync(4);
        await Expect(runs.Locator(".tick")).ToHaveTextAsync(["0", "1"]);
        // All that a model of this machine costs is nothing, and of the other no price is known.
        var cost = tab.Page.GetByRole(AriaRole.Region, new() { Name = "Cost by day" }).Locator("[data-chart=bars]");
        await Expect(cost.Locator(".tick")).ToHaveTextAsync(["$0"]);
        await Expect(cost.Locator(".col")).ToHaveCountAsync(0);
    }
}
