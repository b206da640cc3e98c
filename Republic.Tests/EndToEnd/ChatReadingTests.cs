using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>The text of a chat is about 70 characters wide, its answers have one line under them, and toasts cover nothing.</summary>
public sealed class ChatReadingTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    /// <summary>Takes what is copied: a browser without a window has a clipboard that tests would share.</summary>
    private const string Clipboard = "navigator.clipboard && (navigator.clipboard.writeText = async text => { window.taken = text; });";

    private const string NoClipboard =
        "navigator.clipboard && (navigator.clipboard.writeText = async () => { throw new Error(); }); document.execCommand = () => false;";

    private const string Covered = """
        () => {
            const box = element => element.getBoundingClientRect();
            const toast = box(document.querySelector(".toast"));
            return [...document.querySelectorAll("main :is(button, a, textarea), .composer, .rail .nav :is(a, button)")]
                .filter(element => element.checkVisibility())
                .filter(element => {
                    const { left, right, top, bottom } = box(element);
                    return right > toast.left && left < toast.right && bottom > toast.top && top < toast.bottom;
                })
                .map(element => element.outerHTML);
        }
        """;

    [Fact]
    public async Task The_side_panel_folds_and_stays_folded_in_this_browser()
    {
        await using var vendor = new FakeVendor();
        var (person, chat) = await NewChatAsync("folded", vendor);
        await using var tab = await OpenAsync(person, chat);
        // The text would not keep its measure beside it.
        await Expect(Side(tab)).ToBeHiddenAsync();
        await tab.Page.SetViewportSizeAsync(1600, 900);
        await Expect(Side(tab)).ToBeVisibleAsync();

        await KeptAsync(tab, "Fold the details");
        await Expect(Side(tab)).ToBeHiddenAsync();
        await Expect(Button(tab, "Show the details")).ToBeFocusedAsync();
        await tab.Page.ReloadAsync();
        await Expect(Button(tab, "Show the details")).ToBeVisibleAsync();
        await Expect(Side(tab)).ToBeHiddenAsync();

        await tab.Page.SetViewportSizeAsync(1280, 900);
        await KeptAsync(tab, "Show the details");
        await Expect(Side(tab)).ToBeVisibleAsync();
        await Expect(Button(tab, "Fold the details")).ToBeFocusedAsync();
        await tab.Page.ReloadAsync();
        await Expect(Side(tab)).ToBeVisibleAsync();
        // On a phone it would cover the text, so it waits until it is asked for.
        await tab.Page.SetViewportSizeAsync(390, 844);
        await Expect(Side(tab)).ToBeHiddenAsync();
        await KeptAsync(tab, "Show the details");
        await Expect(Side(tab)).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await using var other = await OpenAsync(person, chat);
        await Expect(Side(other)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_side_panel_folds_without_JavaScript()
    {
        await using var vendor = new FakeVendor();
        var (person, chat) = await NewChatAsync("unscripted", vendor);
        await using var tab = await OpenAsync(person, chat, javaScript: false);
        await Button(tab, "Show the details").ClickAsync();
        await Expect(Side(tab)).ToBeVisibleAsync();
        await Button(tab, "Fold the details").ClickAsync();
        await Expect(Side(tab)).ToBeHiddenAsync();
        await tab.Page.SetViewportSizeAsync(390, 844);
        await Button(tab, "Show the details").ClickAsync();
        await Expect(Side(tab)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Under_an_answer_stands_one_line_and_the_rest_is_behind_it()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Indeed.");
        var (person, chat) = await NewChatAsync("brief", vendor);
        await chat.AskAsync("Hi");
        await using var tab = await OpenAsync(person, chat);
        var line = tab.Page.Locator(".receipt-trace > summary");
        await Expect(line).ToContainTextAsync("vendor-model");
        await Expect(line).ToContainTextAsync(new Regex(@"\d (?:s|ms).*(?:\$|cost unknown)", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(tab.Page.Locator(".receipt-facts")).ToBeHiddenAsync();
        Assert.InRange((await tab.Page.Locator(".turn-foot").BoundingBoxAsync())!.Height, 1, 40);

        await line.FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator(".receipt-facts")).ToContainTextAsync("tokens");
        await Expect(tab.Page.Locator(".receipt-facts")).ToBeVisibleAsync();
        await tab.AssertPleasantAsync();
    }

    [Fact]
    public async Task Text_is_about_seventy_characters_wide_and_code_takes_the_column()
    {
        await using var vendor = new FakeVendor();
        var text = string.Concat(Enumerable.Repeat("Two defaults are in the way of your stream. ", 12));
        const string Wide = "\n\n```nginx\nproxy_buffering off;\n```\n\n| Setting | Now |\n|---|--:|\n| a | 1 |";
        vendor.Answers(JsonEncodedText.Encode(text + Wide).ToString());
        var (person, chat) = await NewChatAsync("wide", vendor);
        await chat.AskAsync("Hi");
        await using var tab = await OpenAsync(person, chat);

        var widths = await tab.Page.EvaluateAsync<double[]>(
            """
            () => {
                const prose = document.querySelector(".turn[data-from=minion] [data-prose]");
                const width = part => prose.querySelector(`:scope > ${part}`).getBoundingClientRect().width;
                const probe = document.createElement("span");
                probe.textContent = "0".repeat(70);
                probe.style.position = "absolute";
                probe.style.whiteSpace = "nowrap";
                prose.append(probe);
                const seventy = probe.getBoundingClientRect().width;
                probe.remove();
                const column = prose.getBoundingClientRect().width;
                return [width("p") / seventy, width(".code") / column, width(".table-wrap") / column];
            }
            """
        );
        Assert.InRange(widths[0], 0.95, 1.01);
        Assert.All(widths[1..], width => Assert.InRange(width, 0.99, 1.01));
    }

    [Fact]
    public async Task The_title_of_the_tab_follows_a_rename_elsewhere()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Indeed.");
        var (person, chat) = await NewChatAsync("named", vendor);
        await using var tab = await OpenAsync(person, chat);
        await Expect(tab.Page).ToHaveTitleAsync("New chat with Named · Republic");
        await tab.Page.Locator("#message").FillAsync("Why do streams break off?");
        await tab.Page.Locator("#message").PressAsync("Enter");
        await Expect(tab.Page).ToHaveTitleAsync("Why do streams break off? · Republic");

        var other = await tab.Page.Context.NewPageAsync();
        await other.GotoAsync($"/chats/{chat.Id}");
        await other.GetByRole(AriaRole.Button, new() { Name = "More about this chat" }).ClickAsync();
        await other.GetByLabel("Name of this chat").FillAsync("Broken streams");
        await other.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();

        await Expect(other).ToHaveTitleAsync("Broken streams · Republic");
        await Expect(tab.Page).ToHaveTitleAsync("Broken streams · Republic");
        await Expect(tab.Page.Locator("#chat-name")).ToHaveValueAsync("Broken streams");
    }

    [Theory]
    [InlineData(1280, 900)]
    [InlineData(390, 844)]
    public async Task A_toast_covers_neither_the_composer_nor_the_navigation_nor_a_button(int width, int height)
    {
        await using var vendor = new FakeVendor();
        var (person, chat) = await NewChatAsync($"toasted{width}", vendor);
        await using var tab = await OpenAsync(person, chat);
        await tab.Page.SetViewportSizeAsync(width, height);
        await tab.Page.RouteAsync("**/*handler=Send*", route => route.AbortAsync());
        await tab.Page.Locator("#message").FillAsync("precious words");
        await tab.Page.Locator("#message").PressAsync("Enter");

        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("The server did not answer.");
        Assert.Empty(await tab.Page.EvaluateAsync<string[]>(Covered));
        await Expect(tab.Page.Locator(".toast")).ToBeInViewportAsync(new() { Ratio = 0.9f });
        await Expect(tab.Page.Locator("#send")).ToBeInViewportAsync(new() { Ratio = 0.9f });
    }

    [Fact]
    public async Task Code_of_an_answer_and_a_token_are_copied()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers(JsonEncodedText.Encode("```nginx\nproxy_buffering off;\n```").ToString());
        var (person, chat) = await NewChatAsync("copied", vendor);
        await chat.AskAsync("Hi");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.Page.AddInitScriptAsync(Clipboard);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/chats/{chat.Id}");
        await tab.Page.Locator("[data-copy-code]").ClickAsync();
        await Expect(tab.Page.Locator("[data-copy-code]")).ToHaveTextAsync("Copied");
        Assert.Equal("proxy_buffering off;", (await TakenAsync(tab)).Trim());

        await tab.GoAsync("/account/tokens");
        await tab.Page.GetByLabel("What it is for").FillAsync("Nightly script");
        await Button(tab, "Make token").ClickAsync();
        var secret = await tab.Page.Locator(".notice code").InnerTextAsync();
        await Button(tab, "Copy the token").ClickAsync();
        await Expect(tab.Page.Locator("#copied")).ToHaveTextAsync("Copied.");
        Assert.Equal(secret, await TakenAsync(tab));
        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task What_the_browser_does_not_copy_is_said_to_be_left()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers(JsonEncodedText.Encode("```nginx\nproxy_buffering off;\n```").ToString());
        var (person, chat) = await NewChatAsync("uncopied", vendor);
        await chat.AskAsync("Hi");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.Page.AddInitScriptAsync(NoClipboard);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/chats/{chat.Id}");

        await tab.Page.Locator("[data-copy-code]").ClickAsync();

        await Expect(tab.Page.Locator("[data-copy-code]")).ToHaveTextAsync("Not copied");
        await Expect(tab.Page.Locator("[data-copy-code]")).ToHaveTextAsync("Copy");
    }

    [Fact]
    public async Task The_key_of_a_minion_is_copied_and_so_is_the_command_that_uses_it()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Person-keyed");
        var minion = await person.NewMinionAsync("keyed", vendor);
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.Page.AddInitScriptAsync(Clipboard);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/models/{minion.Id}");
        await Button(tab, "Make a new key").ClickAsync();
        await Button(tab, "Copy the key").ClickAsync();
        await Expect(tab.Page.Locator("#copied")).ToHaveTextAsync("Copied.");
        var key = await TakenAsync(tab);
        Assert.StartsWith("rep_", key, StringComparison.Ordinal);
        await Button(tab, "Copy the curl command").ClickAsync();
        await Until.TrueAsync(async () => (await TakenAsync(tab)).Contains($"Bearer {key}", StringComparison.Ordinal));
    }

    private static ILocator Side(Tab tab) => tab.Page.Locator("#chat-side");

    private static ILocator Button(Tab tab, string name) => tab.Page.GetByRole(AriaRole.Button, new() { Name = name });

    private static Task<string> TakenAsync(Tab tab) => tab.Page.EvaluateAsync<string>("window.taken");

    /// <summary>Presses a button of the panel; what it says is remembered then.</summary>
    private static Task KeptAsync(Tab tab, string button) =>
        tab.Page.RunAndWaitForResponseAsync(
            () => Button(tab, button).ClickAsync(),
            response => response.Url.Contains("handler=Side", StringComparison.Ordinal)
        );

    private async Task<(Inhabitant Person, Chat Chat)> NewChatAsync(string name, FakeVendor vendor)
    {
        var person = await republic.NewPersonAsync($"Person-{name}");
        return (person, await Chat.BeginAsync(person, vendor, name));
    }

    private async Task<Tab> OpenAsync(Inhabitant person, Chat chat, bool javaScript = true)
    {
        var tab = await browser.OpenAsync(republic.Address, javaScript);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/chats/{chat.Id}");
        return tab;
    }
}
