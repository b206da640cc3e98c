using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>What htmx and our few lines of script do for every page, seen on the minions' page.</summary>
public sealed class HtmxTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    private const string SpoilTokens =
        "() => { document.querySelectorAll('input[name=__RequestVerificationToken]').forEach(i => i.value = 'expired'); document.body.setAttribute('hx-headers:inherited', '{}'); }";

    [Fact]
    public async Task An_expired_form_says_so_and_can_be_sent_again_at_once()
    {
        await republic.Ada.NewMinionAsync("owl");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Ada);
        await tab.GoAsync("/models");
        await tab.Page.EvaluateAsync(SpoilTokens);
        var star = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Favourite: Owl" });

        await star.ClickAsync();
        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("Nothing was lost: send it again.");
        await Expect(star).ToHaveAttributeAsync("aria-pressed", "false");
        await star.ClickAsync();
        await Expect(star).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_lost_connection_is_said_and_the_page_stays()
    {
        await republic.Jonas.NewMinionAsync("owl");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Jonas);
        await tab.GoAsync("/models");
        await tab.Page.RouteAsync("**/*handler=Favorite*", route => route.AbortAsync());
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Favourite: Owl" }).ClickAsync();
        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("The server did not answer.");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Owl" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_session_that_ended_elsewhere_leads_to_the_sign_in_and_back()
    {
        var person = await republic.NewPersonAsync("Petra");
        await person.NewMinionAsync("owl");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync("/models?sort=name");
        using var changed = await (await person.BrowserAsync()).SubmitAsync(
            "/account/password",
            new Dictionary<string, string>
            {
                ["Input.CurrentPassword"] = person.Password,
                ["Input.NewPassword"] = "four entirely other words",
            },
            "/account/password"
        );
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Favourite: Owl" }).ClickAsync();
        await tab.Page.GetByLabel("E-mail").FillAsync(person.Email);
        await tab.Page.GetByLabel("Password").FillAsync("four entirely other words");
        await tab.Page.GetByLabel("Password").PressAsync("Enter");
        await tab.ArriveAsync("/models\\?sort=name$");
    }

    [Fact]
    public async Task Back_after_a_search_shows_the_whole_page_as_it_was()
    {
        var person = await republic.NewPersonAsync("Seeker");
        await person.NewMinionAsync("owl");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync("/models");
        await tab.Page.Locator("#q").FillAsync("no such words");
        await tab.ArriveAsync("q=no");

        await tab.Page.EvaluateAsync("history.back()");

        await tab.ArriveAsync("/models$");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Owl" })).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Chats" }).First).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_dialog_holds_the_focus_closes_on_escape_and_leaves_the_page_as_it_was()
    {
        await republic.Mira.NewMinionAsync("owl");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Mira);
        await tab.GoAsync("/models");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "New minion" }).ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToBeVisibleAsync();
        for (var i = 0; i < 60; i++)
        {
            await tab.Page.Keyboard.PressAsync("Tab");
            Assert.False(await tab.Page.EvaluateAsync<bool>("!!document.activeElement.closest('.rail')"), "The focus left the dialog.");
        }

        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Owl" })).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }
}
