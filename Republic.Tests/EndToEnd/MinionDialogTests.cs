using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>The form of a minion over a page: it asks before it discards what was typed, and gives the focus back.</summary>
public sealed class MinionDialogTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task What_was_typed_is_discarded_only_when_that_is_meant()
    {
        await using var tab = await OpenAsync(await republic.NewPersonAsync("Writer"));
        await OpenNewAsync(tab);
        var name = tab.Page.GetByLabel("Display name");
        await name.FillAsync("Half a minion");
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(Ask(tab)).ToBeVisibleAsync();
        await Expect(Button(tab, "Keep writing")).ToBeFocusedAsync();
        await tab.AssertAccessibleAsync();
        await Button(tab, "Keep writing").ClickAsync();
        await Expect(Ask(tab)).ToBeHiddenAsync();
        await Expect(name).ToBeFocusedAsync();

        // However often it is pressed.
        for (var i = 0; i < 4; i++)
        {
            await tab.Page.Keyboard.PressAsync("Escape");
            await Expect(Ask(tab)).ToBeVisibleAsync();
            await tab.Page.Keyboard.PressAsync("Escape");
            await Expect(Ask(tab)).ToBeHiddenAsync();
        }

        await Form(tab).GetByRole(AriaRole.Link, new() { Name = "Close" }).ClickAsync();
        await Button(tab, "Keep writing").ClickAsync();
        await Expect(name).ToHaveValueAsync("Half a minion");
        await Form(tab).GetByRole(AriaRole.Link, new() { Name = "Cancel" }).ClickAsync();
        await Button(tab, "Discard").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(NewMinion(tab)).ToBeFocusedAsync();

        await OpenNewAsync(tab);
        await Expect(name).ToHaveValueAsync("");
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task What_the_server_drew_again_with_its_errors_is_still_asked_about()
    {
        await using var tab = await OpenAsync(await republic.NewPersonAsync("Corrector"));
        await OpenNewAsync(tab);
        await tab.Page.GetByLabel("Display name").FillAsync("Nearly");
        await tab.Page.GetByLabel("Max tokens").FillAsync("many");
        await Button(tab, "Make minion").ClickAsync();
        await Expect(tab.Page.GetByLabel("Max tokens")).ToHaveAttributeAsync("aria-invalid", "true");
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(Ask(tab)).ToBeVisibleAsync();
        await Button(tab, "Discard").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task The_focus_stays_on_a_test_and_goes_back_to_what_opened_the_dialog()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Focus");
        await person.NewMinionAsync("pip", vendor);
        await using var tab = await OpenAsync(person);
        var edit = tab.Page.GetByRole(AriaRole.Link, new() { Name = "Edit Pip" });
        await edit.ClickAsync();
        await Expect(Form(tab)).ToBeVisibleAsync();
        await Button(tab, "Test connection").ClickAsync();
        await Expect(tab.Page.Locator("#test-answer")).Not.ToBeEmptyAsync();
        await Expect(Button(tab, "Test connection")).ToBeFocusedAsync();
        await tab.Page.GetByLabel("What it is for").FillAsync("Counts things");
        await Button(tab, "Save changes").ClickAsync();
        await Expect(tab.Page.Locator("article.minion")).ToContainTextAsync("Counts things");
        await Expect(edit).ToBeFocusedAsync();

        await OpenNewAsync(tab);
        await tab.Page.GetByLabel("Display name").FillAsync("Robin");
        await Button(tab, "Make minion").ClickAsync();
        await Expect(tab.Page.Locator("article.minion")).ToHaveCountAsync(2);
        await Expect(NewMinion(tab)).ToBeFocusedAsync();
        Assert.Empty(tab.Complaints);
    }

    private static ILocator Form(Tab tab) => tab.Page.Locator("#minion-dialog");

    private static ILocator Ask(Tab tab) => tab.Page.GetByText("Discard what you typed?");

    private static ILocator NewMinion(Tab tab) => tab.Page.GetByRole(AriaRole.Link, new() { Name = "New minion" });

    private static ILocator Button(Tab tab, string name) => tab.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private async Task<Tab> OpenAsync(Inhabitant person)
    {
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync("/models");
        return tab;
    }

    private static async Task OpenNewAsync(Tab tab)
    {
        await NewMinion(tab).ClickAsync();
        await Expect(Form(tab)).ToBeVisibleAsync();
    }
}
