using Microsoft.Playwright;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>Unsent messages are in sight, arrive once and in their order, or come back to the message box.</summary>
public sealed class QueuedMessageTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task On_a_slow_line_a_message_shows_at_once_and_the_next_one_waits_for_its_answer()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Indeed.");
        var (tab, _) = await OnChatAsync("slow", vendor);
        await using var _tab = tab;
        await SlowAsync(tab);
        // Chromium's latency holds answers alone, and a busy machine outlasts it.
        var line = new TaskCompletionSource();
        await HoldAsync(
            tab,
            async route =>
            {
                await line.Task;
                await route.ContinueAsync();
            }
        );

        await SendAsync(tab, "first question");
        await Expect(Unsent(tab)).ToContainTextAsync("first question");
        await Expect(Unsent(tab)).ToContainTextAsync("Sending…");
        await SendAsync(tab, "second question");
        await Expect(Unsent(tab).Last).ToContainTextAsync("second question");
        await Expect(Unsent(tab).Last).ToContainTextAsync("Queued. It is sent when the answer ends.");
        await Expect(Asked(tab)).ToHaveCountAsync(0);
        Assert.Empty(vendor.Requests);
        await Box(tab).FillAsync("third, not sent yet");
        line.SetResult();

        await Expect(Asked(tab)).ToHaveTextAsync(["first question", "second question"]);
        await Expect(Answers(tab)).ToHaveTextAsync(["Indeed.", "Indeed."]);
        await Expect(Unsent(tab)).ToHaveCountAsync(0);
        await Expect(Box(tab)).ToHaveValueAsync("third, not sent yet");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Several_wait_for_an_answer_also_through_a_reload_and_are_sent_one_after_the_other()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var (tab, _) = await OnChatAsync("patient", vendor);
        await using var _tab = tab;
        await QueueAsync(tab, hand, "first thought");
        await SendAsync(tab, "second thought");
        await Expect(Unsent(tab)).ToHaveCountAsync(2);
        await tab.AssertAccessibleAsync();
        await tab.Page.ReloadAsync();
        await Expect(Unsent(tab)).ToHaveCountAsync(2);
        await Expect(Unsent(tab).First).ToContainTextAsync("first thought");

        vendor.Answers("Gladly.");
        hand.Ends();

        await Expect(Asked(tab)).ToHaveTextAsync(["Hi", "first thought", "second thought"]);
        await Expect(Answers(tab).Last).ToHaveTextAsync("Gladly.");
        await Expect(Unsent(tab)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task One_that_waits_can_be_changed_and_withdrawn_and_is_sent_after_a_stop()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var (tab, _) = await OnChatAsync("fickle", vendor);
        await using var _tab = tab;
        await QueueAsync(tab, hand, "one");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Change the queued message" }).ClickAsync();
        await Expect(Box(tab)).ToHaveValueAsync("one");
        await Expect(Box(tab)).ToBeFocusedAsync();
        await Expect(Unsent(tab)).ToHaveCountAsync(0);

        await tab.Page.Locator("#queue").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Withdraw the queued message" }).ClickAsync();
        await Expect(Unsent(tab)).ToHaveCountAsync(0);
        await Expect(Box(tab)).ToHaveValueAsync("");

        await SendAsync(tab, "after the stop");
        vendor.Answers("Gladly.");
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Page.GetByText("You stopped it here.")).ToBeVisibleAsync();
        await Expect(Asked(tab).Last).ToHaveTextAsync("after the stop");
        await Expect(Answers(tab).Last).ToHaveTextAsync("Gladly.");
    }

    [Fact]
    public async Task What_cannot_be_sent_goes_back_to_where_it_was_written()
    {
        await using var vendor = new FakeVendor();
        var (tab, _) = await OnChatAsync("unlucky", vendor);
        await using var _tab = tab;
        var gate = new TaskCompletionSource();
        await HoldAsync(
            tab,
            async route =>
            {
                await gate.Task;
                await route.AbortAsync();
            }
        );
        await SendAsync(tab, "precious words");
        await SendAsync(tab, "more of them");
        await Box(tab).FillAsync("and not all");
        gate.SetResult();

        const string All = "precious words\n\nmore of them\n\nand not all";
        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("The server did not answer.");
        await Expect(Box(tab)).ToHaveValueAsync(All);
        await Expect(Unsent(tab)).ToHaveCountAsync(0);
        await tab.Page.ReloadAsync();
        await Expect(Box(tab)).ToHaveValueAsync(All);
        Assert.Empty(vendor.Requests);
    }

    [Fact]
    public async Task What_the_server_refuses_goes_back_with_the_reason()
    {
        await using var vendor = new FakeVendor();
        vendor.AnswersByHand();
        var (tab, chat) = await OnChatAsync("late", vendor);
        await using var _tab = tab;
        var (sent, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await HoldAsync(
            tab,
            async route =>
            {
                sent.SetResult();
                await gate.Task;
                await route.ContinueAsync();
            }
        );
        await SendAsync(tab, "second");
        await sent.Task;
        // On another device the same person is faster.
        await chat.SayAsync("first");
        gate.SetResult();

        await Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("still answering");
        await Expect(Box(tab)).ToHaveValueAsync("second");
        await Expect(Asked(tab)).ToHaveTextAsync(["first"]);
        await Expect(Unsent(tab)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task One_that_arrived_while_its_page_was_left_is_there_once()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var (tab, _) = await OnChatAsync("twice", vendor);
        await using var _tab = tab;
        var arrived = new TaskCompletionSource();
        await HoldAsync(
            tab,
            async route =>
            {
                await route.FetchAsync();
                arrived.SetResult();
            }
        );
        await SendAsync(tab, "only once");
        await arrived.Task;
        await tab.Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await tab.Page.ReloadAsync();

        await Expect(Unsent(tab)).ToHaveCountAsync(0);
        await Expect(Asked(tab)).ToHaveTextAsync(["only once"]);
        hand.Says("Once.");
        hand.Ends();
        await Expect(tab.Page.Locator("#send")).ToBeVisibleAsync();
        await Expect(Asked(tab)).ToHaveTextAsync(["only once"]);
        await Expect(Box(tab)).ToHaveValueAsync("");
        Assert.Single(vendor.Requests);
    }

    [Fact]
    public async Task A_question_that_is_being_put_differently_stays_open_when_news_come()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Indeed.");
        var (tab, chat) = await OnChatAsync("edits", vendor);
        await using var _tab = tab;
        await chat.AskAsync("first");
        await tab.Page.ReloadAsync();
        await tab.Page.GetByText("Edit", new() { Exact = true }).ClickAsync();
        var edit = tab.Page.GetByLabel("Your message");
        await edit.FillAsync("first, but otherwise");
        await Box(tab).FocusAsync();

        await chat.AskAsync("second");

        await Expect(Asked(tab)).ToHaveCountAsync(2);
        await Expect(Answers(tab)).ToHaveTextAsync(["Indeed.", "Indeed."]);
        await Expect(edit.First).ToBeVisibleAsync();
        await Expect(edit.First).ToHaveValueAsync("first, but otherwise");
    }

    private static ILocator Unsent(Tab tab) => tab.Page.Locator("#outbox > .turn");

    private static ILocator Asked(Tab tab) => tab.Page.Locator("#turns > .turn[data-from=person] [data-prose]");

    private static ILocator Answers(Tab tab) => tab.Page.Locator("#turns > .turn[data-from=minion] [data-prose]");

    private static ILocator Box(Tab tab) => tab.Page.Locator("#message");

    private static async Task SendAsync(Tab tab, string words)
    {
        await Box(tab).FillAsync(words);
        await Box(tab).PressAsync("Enter");
        await Expect(Box(tab)).ToHaveValueAsync("");
    }

    /// <summary>From now on everything takes two and a half seconds, as over a satellite.</summary>
    private static async Task SlowAsync(Tab tab)
    {
        var browser = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        await browser.SendAsync("Network.enable");
        await browser.SendAsync(
            "Network.emulateNetworkConditions",
            new()
            {
                ["offline"] = false,
                ["latency"] = 2500,
                ["downloadThroughput"] = -1,
                ["uploadThroughput"] = -1,
            }
        );
    }

    private static Task HoldAsync(Tab tab, Func<IRoute, Task> handle) => tab.Page.RouteAsync("**/*handler=Send*", handle);

    /// <summary>An answer has begun, and a message waits for its end.</summary>
    private static async Task QueueAsync(Tab tab, VendorStream hand, string words)
    {
        await SendAsync(tab, "Hi");
        hand.Says("Beginning");
        await Expect(tab.Page.Locator("#stop")).ToBeVisibleAsync();
        await Expect(Unsent(tab)).ToHaveCountAsync(0);
        await SendAsync(tab, words);
        await Expect(Unsent(tab)).ToContainTextAsync(words);
    }

    private async Task<(Tab Tab, Chat Chat)> OnChatAsync(string name, FakeVendor vendor)
    {
        var person = await republic.NewPersonAsync($"Person-{name}");
        var chat = await Chat.BeginAsync(person, vendor, name);
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/chats/{chat.Id}");
        return (tab, chat);
    }
}
