using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class FirstRunPagesTests(TestDatabases databases, Browser browser) : IAsyncLifetime
{
    private readonly EmptyRepublic republic = new(databases);

    public ValueTask InitializeAsync() => republic.InitializeAsync();

    public ValueTask DisposeAsync() => republic.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_person_sets_up_leaves_and_comes_back_with_and_without_javascript(bool javaScript)
    {
        await using var tab = await browser.OpenAsync(republic.Address, javaScript);
        await tab.GoAsync("/");
        await tab.Page.GetByLabel("Your name").FillAsync("Mira Kovač");
        await tab.Page.GetByLabel("E-mail").FillAsync("mira@example.org");
        await tab.Page.GetByLabel("Password").FillAsync("short");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make my account" }).ClickAsync();
        await Expect(tab.Page.GetByText("This has 5 characters")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByLabel("Your name")).ToHaveValueAsync("Mira Kovač");
        await tab.Page.GetByLabel("Password").FillAsync("three little words");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make my account" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Your republic is ready, Mira." })).ToBeVisibleAsync();

        await tab.GoAsync("/account");
        await tab.Page.Locator("#main").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await tab.SignInAsync("mira@example.org", "three little words");
        await tab.GoAsync("/account");
        await tab.Page.GetByText("Dark", new() { Exact = true }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Use this look" }).ClickAsync();
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task The_first_page_pleases_in_every_size_and_light()
    {
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.GoAsync("/setup");
        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task One_click_on_the_welcome_page_makes_the_first_minion_and_opens_a_chat_with_it()
    {
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.GoAsync("/setup");
        await tab.Page.GetByLabel("E-mail").FillAsync("mira@example.org");
        await tab.Page.GetByLabel("Password").FillAsync("three little words");
        await tab.Page.GetByLabel("Password").PressAsync("Enter");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Meet Tinker" }).ClickAsync();

        await tab.ArriveAsync("/chats/.");
        await Expect(tab.Page.GetByRole(AriaRole.Textbox).Last).ToBeVisibleAsync();
        await tab.GoAsync("/welcome");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Meet Tinker" }).ClickAsync();
        await tab.ArriveAsync("/chats/.");
        await tab.GoAsync("/models");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Tinker" })).ToHaveCountAsync(1);
    }
}
