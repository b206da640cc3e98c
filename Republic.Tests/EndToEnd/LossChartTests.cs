using System.Collections.Concurrent;
using Republic.Core.Training.Runs;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>What a page with the chart of a run that is at work asks for.</summary>
public sealed class LossChartTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task The_chart_draws_what_it_is_told_and_asks_once_for_a_burst_that_was_too_large()
    {
        var person = await republic.NewPersonAsync("Watcher");
        var run = await PlayedRun.NewAsync(republic.Services, person);
        await run.TellAsync(new LossPoint("validation", 0, 4.5, null, null), new LossPoint("train", 1, 4, 64, 0.001));
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        var asked = new ConcurrentQueue<string>();
        tab.Page.Request += (_, request) => asked.Enqueue(request.Url);
        await tab.GoAsync($"/training/{run.Id}");
        await Expect(tab.Page.Locator("#run-loss canvas")).ToBeVisibleAsync();
        await Until.TrueAsync(() => asked.Any(url => url.Contains("/live?", StringComparison.Ordinal)));

        await run.TellAsync(new LossPoint("train", 2, 3.5, 128, 0.001));
        await ShowsAsync(tab, step: 2);
        Assert.DoesNotContain(asked, IsForLosses);

        await run.TellAsync(PlayedRun.Curve(400));
        await ShowsAsync(tab, step: 400);
        Assert.Single(asked, IsForLosses);

        // Its process died, and it goes on from its checkpoint.
        await run.TellAsync(new LossPoint("train", 300, 1.2, 300 * 64, 0.001));
        await ShowsAsync(tab, step: 300);
        Assert.Single(asked, IsForLosses);
        Assert.Empty(tab.Complaints);
    }

    private static bool IsForLosses(string url) => url.Contains("handler=Losses", StringComparison.Ordinal);

    /// <summary>The last step that the chart holds.</summary>
    private static Task ShowsAsync(Tab tab, int step) =>
        Expect(tab.Page.Locator("#run-loss [data-chart]")).ToHaveAttributeAsync("data-last", $"{step}");
}
