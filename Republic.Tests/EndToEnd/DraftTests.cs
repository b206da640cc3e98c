using Microsoft.Playwright;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>Drafts stay with their conversation and their person.</summary>
public sealed class DraftTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task It_stands_a_reload_and_a_closed_tab_in_its_own_conversation_alone()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Indeed.");
        var person = await republic.NewPersonAsync("Drafter");
        var (first, second) = (await Chat.BeginAsync(person, vendor, "one"), await Chat.BeginAsync(person, vendor, "two"));
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await TypeAsync(tab, first, "half a thought");
        await TypeAsync(tab, second, "another");

        await tab.Page.ReloadAsync();
        await Expect(Box(tab.Page)).ToHaveValueAsync("another");
        var page = await tab.Page.Context.NewPageAsync();
        await tab.Page.CloseAsync();
        await page.GotoAsync($"/chats/{first.Id}");
        await Expect(Box(page)).ToHaveValueAsync("half a thought");

        await Box(page).PressAsync("Enter");
        await Expect(page.Locator("#turns > .turn[data-from=minion] [data-prose]")).ToHaveTextAsync("Indeed.");
        await page.ReloadAsync();
        await Expect(page.Locator("#turns > .turn[data-from=person] [data-prose]")).ToHaveTextAsync("half a thought");
        await Expect(Box(page)).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Signing_out_leaves_none_to_the_next_person()
    {
        await using var vendor = new FakeVendor();
        var chat = await Chat.BeginAsync(republic.Jonas, vendor, "sage");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Jonas);
        await TypeAsync(tab, chat, "nobody's business");
        Assert.True(await HasAsync(tab, "nobody's business"));

        await tab.GoAsync("/account");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await tab.ArriveAsync("/account/sign-in");

        Assert.False(await HasAsync(tab, "nobody's business"));
    }

    [Fact]
    public async Task One_whose_session_ended_finds_theirs_again_and_another_person_does_not()
    {
        await using var vendor = new FakeVendor();
        var chat = await Chat.BeginAsync(republic.Ada, vendor, "sage");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Ada);
        await TypeAsync(tab, chat, "nobody's business");
        await EndSessionAsync(tab);
        await tab.SignInAsync(republic.Ada);
        await tab.GoAsync($"/chats/{chat.Id}");
        await Expect(Box(tab.Page)).ToHaveValueAsync("nobody's business");

        await EndSessionAsync(tab);
        await tab.SignInAsync(republic.Mira);
        await tab.GoAsync("/models");
        await Until.TrueAsync(async () => !await HasAsync(tab, "nobody's business"));
    }

    private static ILocator Box(IPage page) => page.Locator("#message");

    private static async Task TypeAsync(Tab tab, Chat chat, string words)
    {
        await tab.GoAsync($"/chats/{chat.Id}");
        await Box(tab.Page).FillAsync(words);
    }

    private static Task<bool> HasAsync(Tab tab, string words) =>
        tab.Page.EvaluateAsync<bool>("words => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]).includes(words)", words);

    /// <summary>The page is left first: it would notice, and go to the sign-in by itself while the test does.</summary>
    private static async Task EndSessionAsync(Tab tab)
    {
        await tab.Page.GotoAsync("about:blank");
        await tab.Page.Context.ClearCookiesAsync();
    }
}
