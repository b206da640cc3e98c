using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class LeavingPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task An_account_is_deleted_by_its_name_and_password_and_lets_nobody_in_any_more()
    {
        var person = await republic.NewPersonAsync("Lydia");
        await person.NewMinionAsync("pet");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync("/account/security");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Delete account" }).ClickAsync();
        await Expect(tab.Page.GetByText("1 minion, with its versions and weights")).ToBeVisibleAsync();
        var name = tab.Page.GetByLabel("Type your name to delete it");
        var password = tab.Page.GetByLabel("Current password");
        await name.FillAsync("Somebody else");
        await password.FillAsync(person.Password);
        await password.PressAsync("Enter");
        await Expect(name).ToHaveAccessibleDescriptionAsync("Lydia Type “Lydia”. Nothing was deleted.");
        await Expect(password).ToHaveValueAsync("");
        await tab.AssertPleasantAsync();

        await tab.Page.EvaluateAsync($"localStorage.setItem('unsent/{person.Id}/chat', '[1]')");
        await name.FillAsync("Lydia");
        await password.FillAsync(person.Password);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();
        await tab.ArriveAsync("/account/sign-in$");
        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("Your account is deleted.");
        Assert.Null(await tab.Page.EvaluateAsync<string?>($"localStorage.getItem('unsent/{person.Id}/chat')"));
        await tab.Page.GetByLabel("E-mail").FillAsync(person.Email);
        await tab.Page.GetByLabel("Password").FillAsync(person.Password);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is not right");
        Assert.Empty(tab.Complaints);
    }
}
