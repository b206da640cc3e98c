using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>A page that was opened before a newer version was made says so, and loses nothing; and the keyboard goes on from where it was.</summary>
public sealed class DatasetStaleTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
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
        await tab.AssertAccessibleAsync();
        var alike = tab.Page.GetByLabel("Alike enough to be a repeat");
        await alike.FillAsync("0.2");
        await show.FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(alike).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_second_Enter_after_a_text_was_kept_does_not_take_it_back()
    {
        var person = await republic.NewPersonAsync("Twice");
        await using var tab = await OpenAsync(person, $"/datasets/{await MakeAsync(person)}/rows");
        var row = tab.Page.Locator(".sample").First;
        await row.GetByText("Edit", new() { Exact = true }).ClickAsync();
        await row.GetByRole(AriaRole.Textbox, new() { Name = "Answer" }).FillAsync("Typed with much care.");
        await row.GetByRole(AriaRole.Button, new() { Name = "Keep this text" }).FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(row.Locator("summary")).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(row.GetByRole(AriaRole.Textbox, new() { Name = "Answer" })).ToHaveValueAsync("Typed with much care.");
        await Expect(tab.Page.Locator(".waiting-bar")).ToContainTextAsync("1 change waits.");
    }

    [Fact]
    public async Task Changes_that_wait_are_not_discarded_from_a_page_that_showed_others()
    {
        var person = await republic.NewPersonAsync("Late");
        var id = await MakeAsync(person);
        await using var tab = await OpenAsync(person, $"/datasets/{id}/rows");
        await tab.Page.Locator(".sample").First.GetByRole(AriaRole.Button, new() { Name = "Drop" }).ClickAsync();
        await Expect(tab.Page.Locator(".waiting-bar")).ToContainTextAsync("1 change waits.");
        var path = DatasetWorld.PathOf(person, $"/{id}");
        await person.Api.PostAsync($"{path}/versions");
        await DatasetWorld.EndOfAsync(person, id);
        var hash = (await person.Api.GetAsync($"{path}/preview"))["rows"]![4]!["hash"]!.GetValue<string>();
        await person.Api.PutAsync($"{path}/changes/{hash}", new { messages = (object?)null });

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(Newer);
        await Expect(tab.Page.Locator(".waiting-bar")).ToContainTextAsync("1 change waits.");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(tab.Page.Locator(".waiting-bar")).ToHaveCountAsync(0);
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
