using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>A run on the built-in model as somebody watches it.</summary>
public sealed partial class TrainingRunTests(SlowTrainingWorld world, Browser browser) : IClassFixture<SlowTrainingWorld>
{
    [Fact]
    public async Task A_run_is_watched_by_a_page_that_was_open_before_it_began()
    {
        var minion = await world.Jonas.NewMinionAsync("bosun");
        var job = await NewAsync(world.Jonas, minion, 60, epochs: 2);
        await using var tab = await OpenAsync(world.Jonas, $"/training/{job}");
        await Expect(tab.Page.GetByText("This run has not been started.")).ToBeVisibleAsync();
        var asked = new ConcurrentQueue<string>();
        tab.Page.Request += (_, request) => asked.Enqueue(request.Url);
        await TrainingWorld.StartAsync(world.Jonas, job);
        await Expect(tab.Page.GetByText("You can close this page; the run goes on.")).ToBeVisibleAsync();
        await tab.Page.Locator("#step-0 summary").ClickAsync();
        await Expect(tab.Page.Locator("#run-loss canvas")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("#run-figures")).ToContainTextAsync(StepOfAll());
        await Expect(tab.Page.Locator("#loss-finding")).ToContainTextAsync("on the rows held out");
        await Expect(tab.Page.GetByText("What it begins with").First).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        // The page that is open was told each loss, and asked for none.
        Assert.Contains(asked, url => url.Contains("handler=Live", StringComparison.Ordinal));
        Assert.DoesNotContain(asked, url => url.Contains("handler=Losses", StringComparison.Ordinal));
        Assert.Empty(tab.Complaints);
        // Whoever leaves it finds it again, and its report, in WholeRunTests.
        await TrainingWorld.StopAsync(world.Jonas, job);
    }

    [Fact]
    public async Task Whoever_is_on_another_page_hears_of_the_end()
    {
        await using var vendor = new FakeVendor();
        var minion = await world.Ada.NewMinionAsync("courier", vendor);
        var job = await TrainingWorld.NewJobAsync(world.Ada, minion.Id, [], TrainingWorld.Friendly(repeats: 1));
        await using var tab = await OpenAsync(world.Ada, "/account");
        await TrainingWorld.StartAsync(world.Ada, job);

        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("A run is done.", new() { Timeout = 300_000 });
        await Expect(tab.Page).ToHaveTitleAsync(new Regex("^Run ended · ", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Read the report" }).ClickAsync();
        await Expect(tab.Page.Locator("#h-gate")).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task One_that_failed_and_the_comparison_please_in_every_size_and_light()
    {
        var minion = await world.Mira.NewMinionAsync("sparse");
        var one = await NewAsync(world.Mira, minion, 4, epochs: 1);
        var other = await NewAsync(world.Mira, minion, 4, epochs: 2);
        await TrainingWorld.StartAsync(world.Mira, one);
        await TrainingWorld.EndAsync(world.Mira, one);
        await using var tab = await OpenAsync(world.Mira, $"/training/{one}");
        await Expect(tab.Page.GetByText("4 usable rows together").First).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.GoAsync($"/training/compare?runs={one},{other}");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Settings that differ" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await tab.GoAsync($"/training/{other}");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" })).ToBeVisibleAsync();
    }

    private static async Task<Guid> NewAsync(Inhabitant person, TestMinion minion, int rows, int epochs) =>
        await TrainingWorld.NewJobAsync(
            person,
            minion.Id,
            [await TrainingWorld.NewDatasetAsync(person, rows)],
            TrainingWorld.Short(epochs)
        );

    private async Task<Tab> OpenAsync(Inhabitant person, string path)
    {
        var tab = await browser.OpenAsync(world.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }

    [GeneratedRegex(@"Training step\s*[0-9,]+\s+of\s+[0-9,]+", RegexOptions.None, 1000)]
    private static partial Regex StepOfAll();
}
