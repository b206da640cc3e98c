using Microsoft.Playwright;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>Everything is found and reached by keys, and no key is taken from whoever types.</summary>
public sealed class PaletteTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task The_palette_opens_by_a_key_leads_on_by_two_letters_and_gives_the_focus_back()
    {
        var person = await republic.NewPersonAsync("Jumps");
        await person.NewMinionAsync("sage");
        await using var tab = await OpenAsync(person, "/models");
        var link = tab.Page.Locator("#new-minion");
        await link.FocusAsync();

        await tab.Page.Keyboard.PressAsync("Control+k");
        await Expect(Words(tab)).ToBeFocusedAsync();
        await tab.Page.RunAndWaitForResponseAsync(
            () => tab.Page.Keyboard.TypeAsync("sage"),
            response => response.Url.Contains("q=sage&", StringComparison.Ordinal)
        );
        await Expect(Chosen(tab)).ToContainTextAsync("New chat with Sage");
        await Expect(Words(tab)).ToHaveAttributeAsync("aria-activedescendant", "found-1");
        await Expect(tab.Page.Locator("#palette [role=status]")).ToContainTextAsync("found");
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(Chosen(tab)).ToContainTextAsync("Train Sage");
        await tab.Page.Keyboard.PressAsync("ArrowUp");
        await tab.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(Chosen(tab)).ToContainTextAsync("All results");
        await tab.Page.Keyboard.PressAsync("Home");
        await Expect(Chosen(tab)).ToContainTextAsync("New chat with Sage");
        await tab.AssertAccessibleAsync();
        await tab.Page.SetViewportSizeAsync(1280, 900);
        await tab.Page.Keyboard.PressAsync("Tab");
        await Expect(tab.Page.Locator("#palette [aria-pressed=true]")).ToHaveTextAsync("Chats");
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Page.Locator("#palette")).ToBeHiddenAsync();
        await Expect(link).ToBeFocusedAsync();

        // Enter counts for all that was typed, however fast.
        await tab.Page.Keyboard.PressAsync("/");
        await Expect(Words(tab)).ToHaveValueAsync("");
        await tab.Page.Keyboard.TypeAsync("nt");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.ArriveAsync("/tasks\\?new=TODO$");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task No_key_is_taken_from_a_field_nor_while_a_dialog_is_open_or_on_its_way()
    {
        var person = await republic.NewPersonAsync("Types");
        await person.NewMinionAsync("sage");
        await using var tab = await OpenAsync(person, "/models");

        await tab.Page.Locator("#q").PressSequentiallyAsync("sage?/[cngt");
        await Expect(tab.Page.Locator("#q")).ToHaveValueAsync("sage?/[cngt");
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await tab.GoAsync("/models");
        var answer = new HeldAnswer();
        await tab.Page.RouteAsync("**/models/new", answer.HoldAsync, new() { Times = 1 });
        await tab.Page.Keyboard.PressAsync("n");
        await answer.Asked;
        foreach (var key in new[] { "c", "?", "/", "n", "g", "t", "Control+k" })
        {
            await tab.Page.Keyboard.PressAsync(key);
        }

        answer.LetGo();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToHaveCountAsync(1);
        await Expect(dialog).ToHaveAttributeAsync("id", "minion-dialog");
        await dialog.GetByRole(AriaRole.Link, new() { Name = "Close" }).FocusAsync();
        await tab.Page.Keyboard.PressAsync("c");
        await tab.Page.Keyboard.PressAsync("Control+k");
        await tab.ArriveAsync("/models$");
        await Expect(dialog).ToHaveCountAsync(1);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Keys_go_to_pages_and_along_lists_are_shown_and_switched_off()
    {
        var person = await republic.NewPersonAsync("Steers");
        await person.NewMinionAsync("ada");
        await person.NewMinionAsync("sage");
        await using var tab = await OpenAsync(person, "/models");
        var (ada, sage) = (Link(tab, "Ada"), Link(tab, "Sage"));

        await tab.Page.Keyboard.PressAsync("j");
        await Expect(ada).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(sage).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Home");
        await Expect(ada).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("j");
        await tab.Page.Keyboard.PressAsync("k");
        await Expect(ada).ToBeFocusedAsync();

        await tab.Page.Keyboard.PressAsync("?");
        var sheet = tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "Shortcuts" });
        await Expect(sheet).ToContainTextAsync("Branch before, after");
        await tab.AssertAccessibleAsync();
        await tab.Page.SetViewportSizeAsync(1280, 900);
        await sheet.GetByLabel("Single-key shortcuts").UncheckAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(sheet).ToBeHiddenAsync();
        await tab.Page.ReloadAsync();
        await tab.Page.Keyboard.PressAsync("?");
        await tab.Page.Keyboard.PressAsync("c");
        await tab.Page.Keyboard.PressAsync("Control+k");
        await Expect(Words(tab)).ToBeFocusedAsync();
        await Expect(sheet).ToBeHiddenAsync();
        await tab.Page.Keyboard.TypeAsync("shortcuts");
        await tab.Page.Keyboard.PressAsync("Enter");
        await sheet.GetByLabel("Single-key shortcuts").CheckAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(sheet).ToBeHiddenAsync();

        await tab.Page.Keyboard.PressAsync("g");
        await tab.Page.Keyboard.PressAsync("t");
        await tab.ArriveAsync("/tasks$");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task In_a_chat_keys_go_from_turn_to_turn_show_branches_rate_and_edit()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Indeed.");
        var person = await republic.NewPersonAsync("Reads");
        var chat = await Chat.BeginAsync(person, vendor, "sage");
        var answer = await chat.AskAsync("First question");
        var again = await chat.RegenerateAsync(answer["id"]!.GetValue<Guid>());
        await chat.EndOfAsync(again["answer_id"]!.GetValue<Guid>());
        await using var tab = await OpenAsync(person, $"/chats/{chat.Id}");
        var turns = tab.Page.Locator("#turns > .turn");
        var pager = tab.Page.Locator(".pager");
        await Expect(pager).ToContainTextAsync("2 / 2");

        await tab.Page.Locator(".transcript").FocusAsync();
        await tab.Page.Keyboard.PressAsync("k");
        await Expect(turns.Nth(1)).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("k");
        await Expect(turns.Nth(0)).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("k");
        await tab.Page.Keyboard.PressAsync("j");
        await Expect(turns.Nth(1)).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("[");
        await Expect(pager).ToContainTextAsync("1 / 2");
        await Expect(turns.Nth(1)).ToBeFocusedAsync();
        await Expect(tab.Page.Locator("#announce")).ToHaveTextAsync("Branch 1 of 2.");
        await tab.Page.Keyboard.PressAsync("]");
        await Expect(pager).ToContainTextAsync("2 / 2");
        await tab.Page.Keyboard.PressAsync("r");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Good answer" })).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("e");
        await Expect(tab.Page.GetByLabel("Your message")).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync(" jk[re");
        await Expect(tab.Page.GetByLabel("Your message")).ToHaveValueAsync("First question jk[re");
        await Expect(pager).ToContainTextAsync("2 / 2");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Without_javascript_a_sentence_is_found_on_a_page_and_led_to()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("The ferry leaves at noon.");
        var person = await republic.NewPersonAsync("Plain");
        var chat = await Chat.BeginAsync(person, vendor, "sage");
        await chat.AskAsync("When do we leave?");
        var visitor = await person.BrowserAsync();
        await Until.TrueAsync(async () => (await visitor.ReadAsync("/search?q=ferry")).Contains("<mark>ferry</mark>"));
        await using var tab = await OpenAsync(person, "/models", javaScript: false);

        await tab.Page.Locator("a[data-palette]:visible").ClickAsync();
        await tab.ArriveAsync("/search$");
        await tab.Page.GetByLabel("Search for").FillAsync("ferry");
        await tab.Page.GetByLabel("Kind").SelectOptionAsync("message");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        var row = tab.Page.Locator(".found > li");
        await Expect(row).ToHaveCountAsync(1);
        await Expect(row).ToContainTextAsync("The ferry leaves at noon.");
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await tab.ArriveAsync($"/chats/{chat.Id}");
    }

    [Fact]
    public async Task On_a_phone_the_palette_takes_the_whole_width_and_is_made_for_fingers()
    {
        await using var tab = await browser.OpenAsync(republic.Address, isTouched: true);
        await tab.SignInAsync(republic.Ada);
        await tab.GoAsync("/models");
        await tab.Page.Locator("[popovertarget=more]").TapAsync();
        await tab.Page.Locator("#more a[data-palette]").TapAsync();

        var option = tab.Page.Locator("#palette [role=option]").First;
        await Expect(option).ToBeVisibleAsync();
        Assert.Equal(390, (await tab.Page.Locator("#palette").BoundingBoxAsync())!.Width);
        foreach (
            var target in new[] { option, tab.Page.Locator("#palette .scopes button").First, tab.Page.Locator("#palette [data-shut]") }
        )
        {
            Assert.True((await target.BoundingBoxAsync())!.Height >= 40);
        }

        await tab.Page.Locator("#palette [data-shut]").TapAsync();
        await Expect(tab.Page.Locator("#palette")).ToBeHiddenAsync();
        Assert.Empty(tab.Complaints);
    }

    private static ILocator Words(Tab tab) => tab.Page.Locator("#palette-words");

    private static ILocator Chosen(Tab tab) => tab.Page.Locator("#palette [aria-selected=true]");

    private static ILocator Link(Tab tab, string minion) =>
        tab.Page.Locator(".minion").GetByRole(AriaRole.Link, new() { Name = minion, Exact = true });

    private async Task<Tab> OpenAsync(Inhabitant person, string page, bool javaScript = true)
    {
        var tab = await browser.OpenAsync(republic.Address, javaScript);
        await tab.SignInAsync(person);
        await tab.GoAsync(page);
        return tab;
    }
}
