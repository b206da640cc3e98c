using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>The switches of a minion's tools.</summary>
public sealed class ToolPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_switch_acts_at_once_by_key_and_by_mouse_and_holds()
    {
        await using var vendor = new FakeVendor();
        var minion = await republic.Jonas.NewMinionAsync("sage", vendor);
        await using var tab = await OpenAsync(republic.Jonas, minion);
        var calculate = Switch(tab, "Calculate");

        await calculate.FocusAsync();
        await tab.Page.Keyboard.PressAsync("Space");
        await Expect(Sentence(tab)).ToContainTextAsync("1 of 13 built-in tools on");
        await Expect(calculate).ToBeFocusedAsync();
        await Switch(tab, "Create a task").CheckAsync();
        await Switch(tab, "Read tasks").CheckAsync();
        await Expect(Sentence(tab)).ToContainTextAsync("3 of 13 built-in tools on");
        await Switch(tab, "Read tasks").UncheckAsync();
        await Expect(Sentence(tab)).ToContainTextAsync("2 of 13 built-in tools on");

        await tab.Page.ReloadAsync();
        await Expect(calculate).ToBeCheckedAsync();
        await Expect(Switch(tab, "Create a task")).ToBeCheckedAsync();
        await Expect(Switch(tab, "Read tasks")).Not.ToBeCheckedAsync();
        Assert.Equal(["calculate", "create_task"], Texts((await ToolsAsync(minion))["builtin"]!));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Tools_of_a_server_unfold_and_ask_again_once_it_says_something_else_of_them()
    {
        await using var vendor = new FakeVendor();
        var minion = await republic.Jonas.NewMinionAsync("clerk", vendor);
        var server = await republic.NewToolServerAsync(republic.Jonas.Id, "calendar", "move_event", "list_events");
        await using var tab = await OpenAsync(republic.Jonas, minion);

        await Switch(tab, "calendar for Clerk").CheckAsync();
        await tab.Page.GetByText("2 of 2 tools").ClickAsync();
        await Switch(tab, "list_events").UncheckAsync();
        await Expect(tab.Page.GetByText("1 of 2 tools")).ToBeVisibleAsync();
        await Expect(Switch(tab, "list_events")).ToBeVisibleAsync();

        await republic.SayAsync(server, "move_event", "Does move_event for anybody, and tells the guests.");
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.GetByText("One description is not what you allowed.")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".diff-line ins")).ToContainTextAsync("tells the guests");
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Allow as it is now" }).ClickAsync();
        await Expect(tab.Page.Locator(".diff-line")).ToHaveCountAsync(0);

        await Switch(tab, "calendar for Clerk").UncheckAsync();
        await Expect(tab.Page.GetByText("0 of 2 tools")).ToBeVisibleAsync();
        // Switched on again it has all of them, also the one that was off.
        await Switch(tab, "calendar for Clerk").CheckAsync();
        await tab.Page.GetByText("2 of 2 tools").ClickAsync();
        await Expect(Switch(tab, "list_events")).ToBeCheckedAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task What_is_switched_elsewhere_shows_by_itself()
    {
        await using var vendor = new FakeVendor();
        var minion = await republic.Jonas.NewMinionAsync("mirror", vendor);
        await using var tab = await OpenAsync(republic.Jonas, minion);

        await republic.Jonas.Api.PutAsync($"/api/minions/{minion.Id}/tools", new { builtin = new[] { "current_time" } });

        await Expect(Switch(tab, "Time and date")).ToBeCheckedAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Without_scripts_a_button_saves()
    {
        await using var vendor = new FakeVendor();
        var minion = await republic.Jonas.NewMinionAsync("plain", vendor);
        await using var tab = await OpenAsync(republic.Jonas, minion, javaScript: false);

        await Switch(tab, "Calculate").CheckAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save what is built in" }).ClickAsync();

        await Expect(Sentence(tab)).ToContainTextAsync("1 of 13 built-in tools on");
        await Expect(Switch(tab, "Calculate")).ToBeCheckedAsync();
    }

    private async Task<Tab> OpenAsync(Inhabitant person, TestMinion minion, bool javaScript = true)
    {
        var tab = await browser.OpenAsync(republic.Address, javaScript);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/models/{minion.Id}/tools");
        return tab;
    }

    private async Task<JsonNode> ToolsAsync(TestMinion minion) =>
        (await republic.Jonas.Api.GetAsync($"/api/minions/{minion.Id}/tools"))["tools"]!;

    private static ILocator Sentence(Tab tab) => tab.Page.Locator("#tools-sentence");

    private static ILocator Switch(Tab tab, string name) => tab.Page.GetByRole(AriaRole.Switch, new() { Name = name });

    private static IEnumerable<string> Texts(JsonNode list) => list.AsArray().Select(text => (string)text!);
}
