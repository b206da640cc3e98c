using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class NavigationPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    private const string SmallTargets = """
        () => [...document.querySelectorAll(".nav-main :is(a, button), #more :is(a, button), .topline a")]
            .filter(element => element.checkVisibility())
            .filter(element => Math.min(element.getBoundingClientRect().width, element.getBoundingClientRect().height) < 39.5)
            .map(element => element.outerHTML)
        """;

    [Fact]
    public async Task The_menu_of_the_person_is_walked_with_the_keyboard_and_closes_by_Escape_and_from_elsewhere()
    {
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Jonas);
        await tab.GoAsync("/knowledge");
        var (keyboard, summary, entries) = (tab.Page.Keyboard, tab.Page.Locator(".me-menu > summary"), tab.Page.Locator(".me-menu > .nav"));
        await Expect(entries).ToBeHiddenAsync();

        await summary.PressAsync("Enter");
        await Expect(entries).ToBeVisibleAsync();
        await keyboard.PressAsync("Tab");
        await Expect(entries.GetByRole(AriaRole.Link, new() { Name = "Providers" })).ToBeFocusedAsync();
        await keyboard.PressAsync("Escape");
        await Expect(entries).ToBeHiddenAsync();
        await Expect(summary).ToBeFocusedAsync();

        await keyboard.PressAsync("Enter");
        await Expect(entries).ToBeVisibleAsync();
        await keyboard.PressAsync("Shift+Tab");
        await Expect(entries).ToBeHiddenAsync();
        await tab.OpenMenuAsync();
        await Expect(entries).ToBeVisibleAsync();
        await tab.Page.Locator("h1").ClickAsync();
        await Expect(entries).ToBeHiddenAsync();

        await summary.PressAsync("Enter");
        for (var i = 0; i < 3; i++)
        {
            await keyboard.PressAsync("Tab");
        }

        await keyboard.PressAsync("Enter");
        await tab.ArriveAsync("/analytics$");
        await Expect(summary).ToHaveAttributeAsync("aria-current", "true");
        await tab.OpenMenuAsync();
        await Expect(entries.Locator("[aria-current=page]")).ToHaveTextAsync("Analytics");
        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task On_a_phone_what_waits_is_seen_on_the_bar_and_the_sheet_has_the_rest()
    {
        var person = await republic.NewPersonAsync("Phones");
        var minion = await person.NewMinionAsync("keeper");
        var memory = await new PlantedWaiting(republic, person).ProposalAsync(minion.Id, "I live in Oslo.");
        await using var tab = await browser.OpenAsync(republic.Address, isTouched: true);
        await tab.SignInAsync(person);
        await tab.GoAsync("/memories");
        var (bar, more, sheet) = (tab.Page.Locator(".nav-main > *"), tab.Page.Locator(".nav-main > button"), tab.Page.Locator("#more"));
        await Expect(bar.Filter(new() { Visible = true })).ToHaveCountAsync(5);
        await Expect(more).ToHaveAttributeAsync("aria-current", "true");
        await Expect(more).ToContainTextAsync("1 waiting for you");
        await Expect(tab.Page.Locator("#more-waiting")).ToBeVisibleAsync();

        await more.TapAsync();
        await Expect(sheet.GetByRole(AriaRole.Link)).ToHaveCountAsync(8);
        await Expect(sheet.Locator("[aria-current]")).ToContainTextAsync("Library");
        Assert.Empty(await tab.Page.EvaluateAsync<string[]>(SmallTargets));
        await tab.AssertAccessibleAsync();

        await person.Api.PostAsync($"/api/memories/{memory}/accept");
        await Expect(tab.Page.Locator("#more-waiting")).ToBeHiddenAsync();
        await Expect(sheet.Locator(".memories-waiting")).ToHaveTextAsync("");
        await sheet.GetByRole(AriaRole.Link, new() { Name = "Library" }).TapAsync();
        await tab.ArriveAsync("/datasets$");
        Assert.Empty(tab.Complaints);
    }
}
