using Microsoft.Playwright;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>A chat that is longer than its model answers well to, or than its page shows at first.</summary>
public sealed class LongChatPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    /// <summary>About 200 tokens, so that four are more than the length.</summary>
    private static readonly string Long = string.Concat(Enumerable.Repeat("I have a question about my minion and its model. ", 15));

    [Fact]
    public async Task A_line_says_from_where_on_the_model_reads_and_goes_down_with_the_chat()
    {
        var person = await republic.NewPersonAsync("Longwinded");
        var minion = (await person.NewMinionAsync("olli", more: SproutCopy.In(republic))).Id;
        // Else the help would answer, and no model would read anything.
        await person.Api.PutAsync($"/api/minions/{minion}/knowledge", new { stages = new { help = false } });
        var chat = await Chat.BeginAsync(person, minion);
        for (var turn = 1; turn <= 3; turn++)
        {
            await chat.AskAsync($"{turn}: {Long}");
        }

        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/chats/{chat.Id}");
        await Expect(Line(tab)).ToHaveCountAsync(0);

        await AskAsync(tab, $"4: {Long}");
        await Expect(Line(tab)).ToContainTextAsync("Olli reads from here on");
        await Expect(FirstRead(tab)).ToContainTextAsync("2: I have");
        await AskAsync(tab, $"5: {Long}");
        await Expect(FirstRead(tab)).ToContainTextAsync("3: I have");
        await Expect(Line(tab)).ToHaveCountAsync(1);

        await tab.Page.ReloadAsync();
        await Expect(FirstRead(tab)).ToContainTextAsync("3: I have");
        await tab.Page.Locator(".receipt-trace > summary").Last.ClickAsync();
        await Expect(tab.Page.Locator(".hops").Last).ToContainTextAsync("oldest 4 messages did not reach it");
        await Expect(tab.Page.GetByText("could not hold it all")).ToHaveCountAsync(0);
        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_message_that_is_longer_by_itself_is_answered_with_a_warning()
    {
        var person = await republic.NewPersonAsync("Atonce");
        var chat = await Chat.BeginAsync(person, (await person.NewMinionAsync("nora", more: SproutCopy.In(republic))).Id);
        await chat.AskAsync(string.Concat(Enumerable.Repeat(Long, 5)));
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);

        await tab.GoAsync($"/chats/{chat.Id}");

        await Expect(Line(tab)).ToHaveCountAsync(0);
        await Expect(tab.Page.Locator(".turn-note")).ToContainTextAsync("this answer may make no sense");
        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Earlier_messages_are_come_to_by_keys_and_stay_when_an_answer_comes()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Indeed.");
        var person = await republic.NewPersonAsync("Longago");
        var chats = new PlantedChats(republic, person, (await person.NewMinionAsync("page", vendor)).Id);
        var chat = await chats.ChatAsync();
        var ids = await chats.BranchAsync(chat, 130);
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/chats/{chat}");
        var (page, typist) = (tab.Page, new Typist(tab));
        var turns = page.Locator("#turns > .turn");
        await Expect(turns).ToHaveCountAsync(60);
        await Expect(turns.Last).ToBeInViewportAsync();

        await page.Locator(".transcript").FocusAsync();
        await typist.TabToAsync(page.GetByRole(AriaRole.Link, new() { Name = "Earlier messages (70)" }));
        await typist.PressAsync("Enter");
        await typist.ArriveAsync($"from={ids[10]}#m-{ids[70]}$");
        await Expect(turns).ToHaveCountAsync(120);
        await Expect(page.Locator($"#m-{ids[70]}")).ToBeInViewportAsync();
        await page.Locator($"#m-{ids[70]}").FocusAsync();
        await typist.PressAsync("k");
        await Expect(page.Locator($"#m-{ids[69]}")).ToBeFocusedAsync();

        await typist.PressAsync("Escape");
        await typist.AssertAtAsync(page.Locator("#message"));
        await typist.TypeAsync("And now?");
        await typist.PressAsync("Enter");
        await Expect(turns.Last.Locator("[data-prose]")).ToHaveTextAsync("Indeed.");
        await Expect(turns.Last).ToHaveAttributeAsync("data-state", "complete");
        await Expect(turns).ToHaveCountAsync(122);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Earlier messages (10)" })).ToHaveCountAsync(1);
        Assert.Empty(tab.Complaints);
    }

    private static ILocator Line(Tab tab) => tab.Page.Locator("#reads-from");

    private static ILocator FirstRead(Tab tab) => tab.Page.Locator("#reads-from + .turn [data-prose]");

    private static async Task AskAsync(Tab tab, string words)
    {
        await tab.Page.Locator("#message").FillAsync(words);
        await tab.Page.Locator("#message").PressAsync("Enter");
    }
}
