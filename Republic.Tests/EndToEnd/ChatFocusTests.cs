using Microsoft.Playwright;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>A chat's focus: after opening, asking again, editing and Escape, which asks before it discards text.</summary>
public sealed class ChatFocusTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task The_composer_has_it_on_opening_and_when_an_answer_was_asked_for_and_after_Escape()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Indeed.");
        var (tab, chat) = await OnChatAsync("ready", vendor);
        await using var _tab = tab;
        await Expect(Box(tab)).ToBeFocusedAsync();
        await chat.AskAsync("First version");
        await tab.Page.ReloadAsync();
        await Expect(Box(tab)).ToBeFocusedAsync();

        await Button(tab, "Answer again").ClickAsync();
        await Expect(tab.Page.Locator(".pager")).ToContainTextAsync("2 / 2");
        await Expect(Box(tab)).ToBeFocusedAsync();
        await Expect(Button(tab, "Answer again")).ToBeVisibleAsync();

        await Edit(tab).ClickAsync();
        await Field(tab).FillAsync("Second version");
        await Button(tab, "Ask again").ClickAsync();
        await Expect(tab.Page.Locator("#turns > .turn[data-from=person] [data-prose]")).ToHaveTextAsync("Second version");
        await Expect(Box(tab)).ToBeFocusedAsync();

        await tab.Page.Locator(".transcript").FocusAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(Box(tab)).ToBeFocusedAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task On_a_touch_screen_the_keyboard_stays_away()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Indeed.");
        var (person, chat) = await NewChatAsync("touched", vendor);
        await chat.AskAsync("Hi");
        await using var tab = await browser.OpenAsync(republic.Address, isTouched: true);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/chats/{chat.Id}");
        Assert.True(await tab.Page.EvaluateAsync<bool>("matchMedia('(pointer: coarse)').matches"));
        await Expect(Box(tab)).ToBeVisibleAsync();
        await Button(tab, "Answer again").TapAsync();
        await Expect(tab.Page.Locator(".pager")).ToContainTextAsync("2 / 2");
        await Expect(Box(tab)).Not.ToBeFocusedAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Edit_enters_its_field_and_Escape_asks_before_it_discards()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Indeed.");
        var (tab, chat) = await OnChatAsync("edited", vendor);
        await using var _tab = tab;
        await chat.AskAsync("First version");
        await tab.Page.ReloadAsync();

        await Edit(tab).FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(Field(tab)).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync(", longer");
        await Expect(Field(tab)).ToHaveValueAsync("First version, longer");

        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(Dialog(tab)).ToContainTextAsync("Discard what you typed?");
        await Expect(Button(tab, "Keep writing")).ToBeFocusedAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(Dialog(tab)).ToBeHiddenAsync();
        await Expect(Field(tab)).ToBeFocusedAsync();
        await Expect(Field(tab)).ToHaveValueAsync("First version, longer");

        await tab.Page.Keyboard.PressAsync("Escape");
        await Button(tab, "Discard").ClickAsync();
        await Expect(Field(tab)).ToBeHiddenAsync();
        await Expect(Box(tab)).ToBeFocusedAsync();
        await Edit(tab).ClickAsync();
        await Expect(Field(tab)).ToHaveValueAsync("First version");

        await Field(tab).FillAsync("Another version");
        await Button(tab, "Cancel").ClickAsync();
        await Expect(Dialog(tab)).ToBeVisibleAsync();
        await Button(tab, "Discard").ClickAsync();
        await Expect(Field(tab)).ToBeHiddenAsync();
        await Edit(tab).ClickAsync();

        // Nothing was typed, so nothing is asked.
        await Expect(Field(tab)).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(Field(tab)).ToBeHiddenAsync();
        await Expect(Dialog(tab)).ToBeHiddenAsync();
        await Expect(Box(tab)).ToBeFocusedAsync();
        Assert.Empty(tab.Complaints);
    }

    private static ILocator Box(Tab tab) => tab.Page.Locator("#message");

    private static ILocator Edit(Tab tab) => tab.Page.Locator(".turn-edit > summary");

    private static ILocator Field(Tab tab) => tab.Page.GetByLabel("Your message");

    private static ILocator Dialog(Tab tab) => tab.Page.Locator("#discard");

    private static ILocator Button(Tab tab, string name) => tab.Page.GetByRole(AriaRole.Button, new() { Name = name });

    private async Task<(Inhabitant Person, Chat Chat)> NewChatAsync(string name, FakeVendor vendor)
    {
        var person = await republic.NewPersonAsync($"Person-{name}");
        return (person, await Chat.BeginAsync(person, vendor, name));
    }

    private async Task<(Tab Tab, Chat Chat)> OnChatAsync(string name, FakeVendor vendor)
    {
        var (person, chat) = await NewChatAsync(name, vendor);
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/chats/{chat.Id}");
        return (tab, chat);
    }
}
