using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>A page that was opened before a newer version was made says so, and loses nothing; and the keyboard goes on from where it was.</summary>
public sealed class DatasetStaleTests(RunningRepublic republic, Browser browser) : IClassFixture<RunningRepublic>
{
    private const string Newer = "Version 2 was made after this page was opened";

    [Fact]
    public async Task Thresholds_of_an_older_page_are_kept_and_not_saved_unseen()
    {
        var id = await MakeAsync(republic.Jonas);
        await using var tab = await OpenAsync(republic.Jonas, $"/datasets/{id}/thresholds");
        await republic.Jonas.Api.PostAsync(DatasetWorld.PathOf(republic.Jonas, $"/{id}/versions"), new { seed = 7 });
        await DatasetWorld.EndOfAsync(republic.Jonas, id);
        await tab.Page.GetByLabel("Shortest row").FillAsync("12");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save as version 2" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(Newer);
        await Expect(tab.Page.GetByLabel("Shortest row")).ToHaveValueAsync("12");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save as version 3" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Versions 3" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_text_typed_into_a_row_that_is_gone_stays()
    {
        var id = await MakeAsync(republic.Ada);
        await using var tab = await OpenAsync(republic.Ada, $"/datasets/{id}/rows");
        var other = await tab.Page.Context.NewPageAsync();
        await other.GotoAsync($"/datasets/{id}/rows");
        await other.Locator(".sample").First.GetByRole(AriaRole.Button, new() { Name = "Drop" }).ClickAsync();
        await other.GetByRole(AriaRole.Button, new() { Name = "Save as version 2" }).ClickAsync();
        await Expect(other.GetByRole(AriaRole.Link, new() { Name = "Versions 2" })).ToBeVisibleAsync();

        var row = tab.Page.Locator(".sample").First;
        await row.GetByText("Edit", new() { Exact = true }).ClickAsync();
        await row.GetByRole(AriaRole.Textbox, new() { Name = "Answer" }).FillAsync("Typed with much care.");
        await row.GetByRole(AriaRole.Button, new() { Name = "Keep this text" }).ClickAsync();
        await Expect(row.GetByRole(AriaRole.Alert)).ToContainTextAsync(Newer);
        await Expect(row.GetByRole(AriaRole.Textbox, new() { Name = "Answer" })).ToHaveValueAsync("Typed with much care.");
    }

    [Fact]
    public async Task The_keyboard_stays_where_the_effect_was_asked_for_and_goes_to_what_is_wrong()
    {
        var id = await MakeAsync(republic.Mira);
        await using var tab = await OpenAsync(republic.Mira, $"/datasets/{id}/thresholds");
        var show = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Show effect" });
        await show.FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator("[role=status] #t-effect")).ToBeVisibleAsync();
        await Expect(show).ToBeFocusedAsync();
        var alike = tab.Page.GetByLabel("Alike enough to be a repeat");
        await alike.FillAsync("0.2");
        await show.FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(alike).ToBeFocusedAsync();
    }

    private static async Task<string> MakeAsync(Inhabitant person) =>
        (await DatasetWorld.MakeAsync(person, DatasetWorld.Pairs(12)))["id"]!.GetValue<string>();

    private async Task<Tab> OpenAsync(Inhabitant person, string path)
    {
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }
}
