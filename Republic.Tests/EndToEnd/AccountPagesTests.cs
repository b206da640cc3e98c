using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class AccountPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_form_with_errors_pleases_too_and_its_errors_are_tied_to_their_fields()
    {
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.GoAsync("/account/sign-up");
        await tab.Page.GetByLabel("E-mail").FillAsync("not an address");
        await tab.Page.GetByLabel("Password").FillAsync("short");
        await tab.Page.GetByLabel("Password").PressAsync("Enter");

        var email = tab.Page.GetByLabel("E-mail");
        await Expect(email).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(email).ToHaveValueAsync("not an address");
        await Expect(email)
            .ToHaveAccessibleDescriptionAsync(
                "You sign in with it. Nothing is sent there. Enter an e-mail address, such as mira@example.org."
            );
        await Expect(tab.Page.GetByLabel("Password")).ToHaveValueAsync("");
        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_the_right_one_lets_in()
    {
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.GoAsync("/account/tokens");
        await tab.Page.GetByLabel("E-mail").FillAsync(republic.Ada.Email);
        await tab.Page.GetByLabel("Password").FillAsync("not it at all");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is not right");
        await Expect(tab.Page.GetByLabel("E-mail")).ToHaveValueAsync(republic.Ada.Email);

        await tab.Page.GetByLabel("Password").FillAsync(republic.Ada.Password);
        await tab.Page.GetByLabel("Password").PressAsync("Enter");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Access tokens" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_keyboard_skips_to_the_content_and_walks_the_account()
    {
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Jonas);
        await tab.GoAsync("/account");
        await tab.Page.Keyboard.PressAsync("Tab");
        await Expect(tab.Page.GetByText("Skip to content")).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.Keyboard.PressAsync("Tab");
        await Expect(tab.Page.Locator("#main").GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_toast_leaves_after_eight_seconds_but_not_from_under_the_pointer()
    {
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Jonas);
        await tab.Page.Clock.InstallAsync();
        await tab.GoAsync("/account");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        var toast = tab.Page.Locator(".toast");
        await Expect(toast).ToContainTextAsync("Your profile is saved.");

        await toast.HoverAsync();
        await tab.Page.Clock.FastForwardAsync(9_000);
        await Expect(toast).ToBeVisibleAsync();
        await tab.Page.Mouse.MoveAsync(10, 10);
        await tab.Page.Clock.FastForwardAsync(2_000);
        await Expect(toast).ToHaveCountAsync(0);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_new_token_is_shown_once()
    {
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Ada);
        await tab.GoAsync("/account/tokens");
        await tab.Page.GetByLabel("What it is for").FillAsync("Nightly script");
        await tab.Page.GetByLabel("Good for").SelectOptionAsync("7 days");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make token" }).ClickAsync();
        var secret = await tab.Page.Locator(".notice code").InnerTextAsync();
        Assert.StartsWith("rpat_", secret, StringComparison.Ordinal);

        await tab.GoAsync("/account/tokens");
        Assert.DoesNotContain(secret, await tab.Page.ContentAsync(), StringComparison.Ordinal);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke Nightly script" }).ClickAsync();
        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("The token is revoked.");
    }

    [Fact]
    public async Task On_a_phone_more_leads_to_the_account_and_out()
    {
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Jonas);
        await tab.Page.SetViewportSizeAsync(390, 844);
        await tab.GoAsync("/account");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await tab.Page.Locator("#more").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await tab.GoAsync("/account");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }
}
