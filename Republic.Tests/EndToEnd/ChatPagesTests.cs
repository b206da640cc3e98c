using System.Text.Json;
using Microsoft.Playwright;
using Republic.Tests.Integration.Chats;
using Republic.Tests.Unit.Chats;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class ChatPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task From_a_minion_on_the_built_in_model_to_an_answer_that_can_be_given_again()
    {
        var mira = await republic.NewPersonAsync("Sprouty");
        await mira.NewMinionAsync("tinker");
        await using var tab = await SignedInAsync(mira);
        await tab.GoAsync("/chats");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Tinker" }).ClickAsync();
        await AskAsync(tab, "What can you help me with?");

        await Expect(Answer(tab)).ToContainTextAsync("Republic");
        await Expect(tab.Page.Locator(".receipt")).ToContainTextAsync("sprout");
        await Expect(tab.Page.Locator(".receipt")).ToContainTextAsync("$0");
        await Expect(tab.Page.Locator("#chat-list")).ToContainTextAsync("What can you help me with?");
        await Button(tab, "Answer again").ClickAsync();
        await Expect(tab.Page.Locator(".pager")).ToContainTextAsync("2 / 2");
        await Expect(Button(tab, "Answer again")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_reload_in_mid_answer_loses_nothing_and_Escape_stops()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        await using var tab = await OnChatAsync("reloaded", vendor);
        await AskAsync(tab, "Hi");
        hand.Says("Before the reload, ");
        await Expect(Answer(tab)).ToContainTextAsync("Before the reload,");

        await tab.Page.ReloadAsync();

        await Expect(Answer(tab)).ToContainTextAsync("Before the reload,");
        // What is open closes first.
        await tab.OpenMenuAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Page.Locator(".me-menu > summary")).ToBeFocusedAsync();
        hand.Says("and after it.");
        await Expect(Answer(tab)).ToHaveTextAsync("Before the reload, and after it.");
        await tab.AssertPleasantAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Page.GetByText("You stopped it here.")).ToBeVisibleAsync();
        await Expect(Answer(tab)).ToHaveTextAsync("Before the reload, and after it.");
        await hand.ClientGone;
    }

    [Fact]
    public async Task Eight_tabs_share_one_connection_and_all_see_the_answer()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        await using var tab = await OnChatAsync("eight", vendor);
        var pages = new List<IPage> { tab.Page };
        var streams = 0;
        tab.Page.Context.Request += (_, request) => streams += request.Url.Contains("/live?", StringComparison.Ordinal) ? 1 : 0;
        for (var i = 0; i < 7; i++)
        {
            pages.Add(await tab.Page.Context.NewPageAsync());
            await pages[^1].GotoAsync(tab.Page.Url);
        }

        await AskAsync(tab, "Hi");
        hand.Says("One for ");
        foreach (var page in pages)
        {
            await Expect(page.Locator(".turn[data-from=minion] [data-prose]")).ToContainTextAsync("One for");
        }

        // The tab with the connection goes; another takes over.
        await pages[0].CloseAsync();
        hand.Says("all.");
        foreach (var page in pages.Skip(1))
        {
            await Expect(page.Locator(".turn[data-from=minion] [data-prose]")).ToHaveTextAsync("One for all.");
        }

        hand.Ends();
        foreach (var page in pages.Skip(1))
        {
            await Expect(page.Locator(".receipt")).ToBeVisibleAsync();
        }

        Assert.InRange(streams, 0, 3);
    }

    [Fact]
    public async Task Nothing_that_a_model_writes_does_anything_while_it_streams_or_later()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        await using var tab = await OnChatAsync("hostile", vendor);
        var dialogs = 0;
        tab.Page.Dialog += async (_, dialog) =>
        {
            dialogs++;
            await dialog.DismissAsync();
        };
        await AskAsync(tab, "Hi");
        var text = string.Join("\n\n", HostileProse.All).Replace("\0", "");
        foreach (var piece in text.Chunk(23))
        {
            hand.Says(JsonEncodedText.Encode(new string(piece)).ToString());
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }

        await Expect(Answer(tab)).ToContainTextAsync("alert(1)");
        hand.Ends();
        await Expect(tab.Page.Locator(".receipt")).ToBeVisibleAsync();
        await tab.Page.ReloadAsync();
        await Expect(Answer(tab)).ToContainTextAsync("alert(1)");

        Assert.Equal(0, dialogs);
        Assert.Empty(tab.Complaints);
        Assert.Equal(
            0,
            await tab
                .Page.Locator(
                    "[data-prose] :is(script, img, iframe, object, embed, svg, style, link, form, input, video, audio, base, meta)"
                )
                .CountAsync()
        );
    }

    [Fact]
    public async Task Enter_sends_and_Shift_and_Enter_breaks_the_line()
    {
        await using var vendor = new FakeVendor();
        await using var tab = await OnChatAsync("keys", vendor);
        var box = tab.Page.GetByLabel("Message to Keys");
        await box.FillAsync("one");
        await box.PressAsync("Shift+Enter");
        await box.PressSequentiallyAsync("two");
        await Expect(box).ToHaveValueAsync("one\ntwo");
        await box.PressAsync("Enter");
        await Expect(box).ToHaveValueAsync("");
        await Expect(tab.Page.Locator(".turn[data-from=person]").Last).ToContainTextAsync("two");
    }

    [Fact]
    public async Task A_question_asked_differently_is_another_branch()
    {
        await using var vendor = new FakeVendor();
        await using var tab = await OnChatAsync("edited", vendor);
        await AskAsync(tab, "First version");
        await Expect(tab.Page.Locator(".receipt")).ToBeVisibleAsync();
        await tab.Page.GetByText("Edit", new() { Exact = true }).ClickAsync();
        await tab.Page.GetByLabel("Your message").FillAsync("Second version");
        await Button(tab, "Ask again").ClickAsync();

        await Expect(tab.Page.Locator(".turn[data-from=person]")).ToContainTextAsync("Second version");
        await Expect(tab.Page.Locator(".pager")).ToContainTextAsync("2 / 2");
        await Button(tab, "Earlier branch").ClickAsync();
        await Expect(tab.Page.Locator(".turn[data-from=person] [data-prose]")).ToHaveTextAsync("First version");
        await tab.Page.GetByText("Edit", new() { Exact = true }).ClickAsync();
        var edited = tab.Page.GetByLabel("Your message");
        await edited.FillAsync("Third");
        await edited.PressAsync("Shift+Enter");
        await edited.PressSequentiallyAsync("version");
        await Expect(edited).ToHaveValueAsync("Third\nversion");
        await edited.PressAsync("Control+Enter");
        await Expect(tab.Page.Locator(".pager")).ToContainTextAsync("3 / 3");
        await tab.Page.GetByText("Edit", new() { Exact = true }).ClickAsync();
        await edited.FillAsync("Fourth version");
        await edited.PressAsync("Enter");
        await Expect(tab.Page.Locator(".pager")).ToContainTextAsync("4 / 4");
        await Expect(tab.Page.Locator(".turn[data-from=person] [data-prose]")).ToHaveTextAsync("Fourth version");
    }

    [Fact]
    public async Task A_deleted_chat_comes_back_by_Undo_and_from_the_page_of_deleted_chats()
    {
        await using var vendor = new FakeVendor();
        await using var tab = await OnChatAsync("regretted", vendor);
        await AskAsync(tab, "Keep me");
        await Expect(tab.Page.Locator(".receipt")).ToBeVisibleAsync();
        await DeleteAsync(tab);
        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("The chat is deleted. It can be restored for 30 days.");
        await Expect(tab.Page.Locator("#chat-list")).Not.ToContainTextAsync("Keep me");
        await Button(tab, "Undo").ClickAsync();
        await Expect(Answer(tab)).ToHaveTextAsync("Hello");

        await DeleteAsync(tab);
        await tab.Page.Locator("#chat-list").GetByRole(AriaRole.Link, new() { Name = "Deleted chats" }).ClickAsync();
        await Button(tab, "Restore Keep me").ClickAsync();
        await Expect(Answer(tab)).ToHaveTextAsync("Hello");
    }

    [Fact]
    public async Task It_works_without_JavaScript()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var (mira, chat) = await NewChatAsync("plain", vendor);
        await using var tab = await browser.OpenAsync(republic.Address, javaScript: false);
        await tab.SignInAsync(mira);
        await tab.GoAsync($"/chats/{chat.Id}");
        await tab.Page.GetByLabel("Message to Plain").FillAsync("Hi");
        await Button(tab, "Send").ClickAsync();
        hand.Says("Half an answer");
        // The page looks again by itself.
        await Expect(Answer(tab)).ToContainTextAsync("Half an answer");
        await Button(tab, "Stop").ClickAsync();
        await Expect(tab.Page.GetByText("You stopped it here.")).ToBeVisibleAsync();
        vendor.Answers("Another one");
        await Button(tab, "Answer again").ClickAsync();
        await Expect(Answer(tab)).ToContainTextAsync("Another one");
        await Button(tab, "Earlier branch").ClickAsync();
        await Expect(Answer(tab)).ToContainTextAsync("Half an answer");
        await Expect(tab.Page.Locator("[data-copy]")).ToBeHiddenAsync();
    }

    private static ILocator Answer(Tab tab) => tab.Page.Locator(".turn[data-from=minion] [data-prose]").Last;

    private static ILocator Button(Tab tab, string name) => tab.Page.GetByRole(AriaRole.Button, new() { Name = name });

    private static async Task DeleteAsync(Tab tab)
    {
        await Button(tab, "More about this chat").ClickAsync();
        await tab.Page.GetByText("Delete this chat").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await tab.ArriveAsync("/chats$");
    }

    private static async Task AskAsync(Tab tab, string words)
    {
        await tab.Page.Locator("#message").FillAsync(words);
        // Until its script is there, Enter begins a new line.
        await tab.Page.WaitForFunctionAsync("() => document.readyState === 'complete'");
        await tab.Page.Locator("#message").PressAsync("Enter");
    }

    private async Task<Tab> SignedInAsync(Inhabitant person)
    {
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        return tab;
    }

    private async Task<(Inhabitant Person, Chat Chat)> NewChatAsync(string name, FakeVendor vendor)
    {
        var person = await republic.NewPersonAsync($"Person-{name}");
        return (person, await Chat.BeginAsync(person, vendor, name));
    }

    private async Task<Tab> OnChatAsync(string name, FakeVendor vendor)
    {
        var (person, chat) = await NewChatAsync(name, vendor);
        var tab = await SignedInAsync(person);
        await tab.GoAsync($"/chats/{chat.Id}");
        return tab;
    }
}
