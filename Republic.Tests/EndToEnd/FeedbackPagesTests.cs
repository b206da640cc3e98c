using Microsoft.Playwright;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>Thumbs and corrections in the chat, by mouse and by keys.</summary>
public sealed class FeedbackPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task An_answer_is_rated_and_corrected_and_the_chat_teaches()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Good day.");
        var chat = await Chat.BeginAsync(republic.Jonas, vendor, "ada");
        await chat.AskAsync("Hi");
        await using var tab = await OpenAsync(chat);
        await using var other = await OpenAsync(chat);

        await Thumb(tab, "Good").ClickAsync();
        await Expect(Thumb(tab, "Good")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Thumb(other, "Good")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Panel(tab)).ToBeHiddenAsync();
        await Thumb(tab, "Good").ClickAsync();
        await Expect(Thumb(tab, "Good")).ToHaveAttributeAsync("aria-pressed", "false");

        await Thumb(tab, "Bad").ClickAsync();
        await Expect(Panel(tab)).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("What should Ada have said?")).ToBeVisibleAsync();
        await Expect(Correction(tab)).ToBeFocusedAsync();
        await Expect(Correction(other)).ToBeHiddenAsync();
        await Correction(tab).FillAsync("Good evening.");
        await tab.AssertAccessibleAsync();

        // News of the chat come in, and the panel stays as it is.
        await Thumb(other, "Good").ClickAsync();
        await Expect(Thumb(tab, "Good")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Correction(tab)).ToHaveValueAsync("Good evening.");
        await Expect(Panel(tab)).ToContainTextAsync("Not used for training: this chat does not teach.");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Let it teach" }).ClickAsync();
        await Expect(Panel(tab)).Not.ToContainTextAsync("does not teach");
        await Expect(Correction(tab)).ToHaveValueAsync("Good evening.");

        await tab.Page.GetByLabel("Score of the answer").FillAsync("0.2");
        await tab.Page.Keyboard.PressAsync("Tab");
        await Expect(Comment(tab)).ToBeFocusedAsync();
        await Expect(Comment(tab)).ToHaveAccessibleDescriptionAsync("For you alone: a comment is not learned from.");
        await tab.Page.Keyboard.TypeAsync("Wrong hour + day");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Panel(tab)).ToBeHiddenAsync();
        await Expect(Thumb(tab, "Bad")).ToHaveAttributeAsync("aria-pressed", "true");

        await tab.Page.ReloadAsync();
        await Expect(Thumb(tab, "Bad")).ToHaveAttributeAsync("aria-pressed", "true");
        await tab.Page.GetByText("Your correction", new() { Exact = true }).ClickAsync();
        await Expect(Correction(tab)).ToHaveValueAsync("Good evening.");
        await Expect(tab.Page.GetByLabel("Score of the answer")).ToHaveValueAsync("0.2");
        await Expect(Comment(tab)).ToHaveValueAsync("Wrong hour + day");
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(Panel(tab)).ToBeHiddenAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "More about this chat" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Switch).ClickAsync();
        await Expect(tab.Page.Locator("#teaches")).ToHaveAttributeAsync("aria-checked", "false");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Plus_and_minus_rate_the_last_answer_while_nobody_writes()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Good day.");
        var chat = await Chat.BeginAsync(republic.Jonas, vendor, "keyed");
        await chat.AskAsync("Hi");
        await using var tab = await OpenAsync(chat);

        await tab.Page.Locator("#message").PressSequentiallyAsync("1+1-1");
        await tab.Page.Locator(".transcript").FocusAsync();
        await Expect(Thumb(tab, "Good")).ToHaveAttributeAsync("aria-pressed", "false");
        await tab.Page.Keyboard.PressAsync("+");
        await Expect(Thumb(tab, "Good")).ToHaveAttributeAsync("aria-pressed", "true");
        await tab.Page.Keyboard.PressAsync("-");
        await Expect(Thumb(tab, "Bad")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Correction(tab)).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync("5-3+1");
        await Expect(Correction(tab)).ToHaveValueAsync("5-3+1");
        Assert.Equal(DialogType.BeforeUnload, await tab.AskedAsync("location.reload()"));
        await Expect(Correction(tab)).ToHaveValueAsync("5-3+1");
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(Panel(tab)).ToBeHiddenAsync();
        await Expect(tab.Page.Locator(".turn-fix > summary")).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("-");
        await Expect(Thumb(tab, "Bad")).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(tab.Page.Locator("#message")).ToHaveValueAsync("1+1-1");
        Assert.Empty(tab.Complaints);
    }

    private static ILocator Thumb(Tab tab, string which) => tab.Page.GetByRole(AriaRole.Button, new() { Name = $"{which} answer" });

    private static ILocator Panel(Tab tab) => tab.Page.Locator(".fix");

    private static ILocator Correction(Tab tab) => tab.Page.GetByLabel("Corrected answer");

    private static ILocator Comment(Tab tab) => tab.Page.GetByLabel("Comment (optional)");

    private async Task<Tab> OpenAsync(Chat chat)
    {
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Jonas);
        await tab.GoAsync($"/chats/{chat.Id}");
        return tab;
    }
}
