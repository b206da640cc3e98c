using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Republic.Core.Data;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>From the empty list to a run that is done, in a browser.</summary>
public sealed class NewRunPagesTests(SharedRepublic world, Browser browser) : IClassFixture<SharedRepublic>
{
    private const string IsOnTop = """
        button => {
            const { left, top, width, height } = button.getBoundingClientRect();
            return document.elementFromPoint(left + width / 2, top + height / 2)?.closest("button") === button;
        }
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_made_and_watched_to_its_end_with_the_keyboard_alone()
    {
        await using var vendor = new FakeVendor();
        var person = await world.NewPersonAsync("Keys");
        await person.NewMinionAsync("clerk", vendor);
        await using var tab = await OpenAsync(person, "/training");
        var page = tab.Page;
        await tab.AssertAccessibleAsync();

        await PressAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Train a minion" }), "Enter");
        await tab.ArriveAsync("/training/new$");
        await PressAsync(page, page.Locator("#fold-traits > summary"), "Enter");
        await PressAsync(page, page.GetByRole(AriaRole.Checkbox, new() { Name = "Friendly" }), "Space");
        await Expect(page.Locator("#effect")).ToContainTextAsync("0 of 1 left");
        await Expect(page.Locator("#effect ins").First).ToContainTextAsync("Your character:");
        await PressAsync(page, page.GetByLabel("Intensity of Friendly"), "End");
        await Expect(page.Locator("#effect")).ToContainTextAsync("3 too many");
        await page.Keyboard.PressAsync("Home");
        await Expect(page.Locator("#effect")).ToContainTextAsync("6 of 7 left");
        await tab.AssertPleasantAsync();
        await PressAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Save for later" }), "Enter");
        await tab.ArriveAsync("/training$");

        var row = page.GetByRole(AriaRole.Row, new() { Name = "Clerk, run 1" });
        await Expect(row).ToContainTextAsync("Not started");
        await PressAsync(page, row.GetByRole(AriaRole.Button, new() { Name = "Start Clerk, run 1" }), "Enter");
        await Expect(row).ToContainTextAsync("Done");
        await Expect(row).ToContainTextAsync("Persona tuning");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Done 1" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task From_level_five_on_the_form_shows_how_all_traits_go_together()
    {
        var person = await world.NewPersonAsync("Adept");
        var minion = await person.NewMinionAsync("cook");
        await using (var db = await world.Services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync(Ct))
        {
            await db.Minions.Where(m => m.Id == minion.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Experience, 2000), Ct);
        }

        await using var tab = await OpenAsync(person, $"/training/new?minion={minion.Id}");
        await tab.Page.Locator("#fold-traits > summary").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Friendly" }).CheckAsync();
        await tab.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Playful" }).CheckAsync();
        await Expect(tab.Page.Locator("#effect")).ToContainTextAsync("Compatibility +0.6");
        await tab.Page.GetByText("All pairs").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Region, new() { Name = "All traits, each with each" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Minion_data_and_start_are_in_the_first_screen_and_what_is_folded_says_what_was_chosen(int width)
    {
        var person = await world.NewPersonAsync($"First-{width}");
        await person.NewMinionAsync("cook");
        await TrainingWorld.NewDatasetAsync(person, 6);
        await using var tab = await OpenAsync(person, "/training/new");
        var page = tab.Page;
        await page.SetViewportSizeAsync(width, 900);

        await Expect(page.GetByLabel("Minion", new() { Exact = true })).ToBeInViewportAsync();
        await Expect(page.GetByRole(AriaRole.Checkbox).First).ToBeInViewportAsync();
        var start = page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true });
        await Expect(start).ToBeInViewportAsync();
        Assert.True(await start.EvaluateAsync<bool>(IsOnTop), "The navigation covers Start.");
        await Expect(page.Locator("#chosen-traits")).ToHaveTextAsync("none");
        await page.Locator("#fold-traits > summary").ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Friendly" }).CheckAsync();
        await Expect(page.Locator("#chosen-traits")).ToContainTextAsync("Friendly");
        await page.Locator("#fold-measure > summary").ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Always." }).CheckAsync();
        await Expect(page.Locator("#chosen-measure")).ToContainTextAsync("always promoted");
        // Each of the two looks in both widths.
        await (width == 390 ? tab.AssertAccessibleAsync() : tab.AssertPleasantAsync());
    }

    [Fact]
    public async Task Words_typed_faster_than_the_server_answers_are_searched_for()
    {
        var person = await world.NewPersonAsync("Fast");
        var minion = await person.NewMinionAsync("cook");
        var data = await TrainingWorld.NewDatasetAsync(person, 6);
        foreach (var name in new[] { "Alpha", "Alpine", "Beta" })
        {
            var id = await TrainingWorld.NewJobAsync(person, minion.Id, [data]);
            await person.Api.SendAsync(HttpMethod.Put, TrainingWorld.PathOf(person, $"/{id}"), new { job_name = name });
        }

        await using var tab = await OpenAsync(person, "/training");
        var held = new HeldAnswer();
        await tab.Page.RouteAsync("**/training?*", held.HoldAsync, new() { Times = 1 });
        await tab.Page.GetByLabel("Search runs").FillAsync("a");
        await held.Asked;
        await tab.Page.GetByLabel("Search runs").FillAsync("alpi");
        await tab.ArriveAsync("q=alpi$");
        held.LetGo();

        await Expect(tab.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(tab.Page.Locator("tbody tr")).ToContainTextAsync("Alpine");
        await Expect(tab.Page.GetByLabel("Search runs")).ToHaveValueAsync("alpi");
        Assert.Empty(tab.Complaints);
    }

    /// <summary>Tabs forward until the part has the focus, and presses the key there.</summary>
    private static async Task PressAsync(IPage page, ILocator part, string key)
    {
        for (var i = 0; i < 120 && !await part.EvaluateAsync<bool>("part => part === document.activeElement"); i++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Expect(part).ToBeFocusedAsync();
        await page.Keyboard.PressAsync(key);
    }

    private async Task<Tab> OpenAsync(Inhabitant person, string path)
    {
        var tab = await browser.OpenAsync(world.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }
}
