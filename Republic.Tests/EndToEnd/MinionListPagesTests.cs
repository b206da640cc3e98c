using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>The list of minions: its chips, its groups, and a copy of a minion.</summary>
public sealed class MinionListPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task Providers_without_minions_stand_behind_one_chip()
    {
        var person = await republic.NewPersonAsync("Chips");
        await person.NewMinionAsync("only");
        await using var tab = await OpenAsync(person);
        var chips = tab.Page.GetByRole(AriaRole.Navigation, new() { Name = "Filter by provider" });
        await Expect(chips.GetByRole(AriaRole.Link)).ToHaveTextAsync(["All 1", "Local 1"]);
        var more = chips.GetByText("More providers");
        var before = await more.BoundingBoxAsync();
        await more.ClickAsync();
        var after = await more.BoundingBoxAsync();
        Assert.Equal((before!.X, before.Y), (after!.X, after.Y));
        await chips.GetByRole(AriaRole.Link, new() { Name = "OpenAI 0" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Nothing found" })).ToBeVisibleAsync();
        await Expect(chips.GetByRole(AriaRole.Link, new() { Name = "OpenAI 0" })).ToHaveAttributeAsync("aria-current", "true");
        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Favourites_and_paused_minions_are_found_by_their_chips_which_give_way_again()
    {
        var person = await republic.NewPersonAsync("Chosen");
        await person.NewMinionAsync("plain");
        await person.NewMinionAsync("liked", more: new JsonObject { ["is_favorite"] = true });
        await person.NewMinionAsync("resting", more: new JsonObject { ["is_active"] = false });
        await using var tab = await OpenAsync(person);
        await Chip(tab, "Favourites 1").ClickAsync();
        await Expect(Cards(tab)).ToHaveTextAsync(["Liked"]);
        await tab.Page.ReloadAsync();
        await Expect(Cards(tab)).ToHaveTextAsync(["Liked"]);
        await Chip(tab, "Favourites 1").ClickAsync();
        await Expect(Cards(tab)).ToHaveCountAsync(3);
        await Chip(tab, "Paused 1").ClickAsync();
        await Expect(Cards(tab)).ToHaveTextAsync(["Resting"]);
        await tab.AssertAccessibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Minions_that_need_attention_have_a_chip_after_the_providers_which_gives_way_again()
    {
        var person = await republic.NewPersonAsync("Caring");
        await person.NewMinionAsync("keyless", more: new JsonObject { ["provider"] = "openai", ["model_id"] = "gpt-4.1" });
        await person.NewMinionAsync("well");
        await using var tab = await OpenAsync(person);
        var chips = tab.Page.GetByRole(AriaRole.Navigation, new() { Name = "Filter by provider" });
        // In the order of the groups.
        await Expect(chips.GetByRole(AriaRole.Link)).ToHaveTextAsync(["All 2", "Local 1", "OpenAI 1", "Needs attention 1"]);

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "One needs your attention" }).ClickAsync();
        await Expect(Cards(tab)).ToHaveTextAsync(["Keyless"]);
        await Expect(Chip(tab, "Needs attention 1")).ToHaveAttributeAsync("aria-current", "true");
        await Expect(Chip(tab, "All 2")).Not.ToHaveAttributeAsync("aria-current", "true");
        await tab.AssertAccessibleAsync();
        await Chip(tab, "Needs attention 1").ClickAsync();
        await Expect(Cards(tab)).ToHaveCountAsync(2);
        await Expect(Chip(tab, "All 2")).ToHaveAttributeAsync("aria-current", "true");
        await tab.ArriveAsync("/models\\?sort=Used$");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_group_shows_twelve_folds_stays_folded_and_opens_whole()
    {
        var person = await republic.NewPersonAsync("Crowd");
        for (var i = 0; i < 13; i++)
        {
            await person.NewMinionAsync($"crowd-{i}");
        }

        await person.NewMinionAsync("far", more: new JsonObject { ["provider"] = "openai", ["model_id"] = "gpt-4.1" });
        await using var tab = await OpenAsync(person);
        await Expect(Cards(tab)).ToHaveCountAsync(13);
        var far = tab.Page.Locator("#group-openai");
        await far.Locator("summary").ClickAsync();
        await Expect(far.Locator("article")).ToBeHiddenAsync();
        await tab.Page.GetByLabel("Sort").SelectOptionAsync("Name");
        await Expect(Cards(tab).First).ToHaveTextAsync("Crowd-0");
        await Expect(far.Locator("article")).ToBeHiddenAsync();

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Show more of Local" }).ClickAsync();
        await Expect(Cards(tab)).ToHaveCountAsync(13);
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Show more" })).ToHaveCountAsync(0);
        await Expect(tab.Page.Locator("article.minion h3")).Not.ToContainTextAsync(["Far"]);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_copy_begins_with_the_character_and_without_the_name_and_is_gone_to()
    {
        var person = await republic.NewPersonAsync("Copier");
        var minion = await person.NewMinionAsync(
            "grafana",
            more: new JsonObject { ["personality"] = "Calm", ["display_name"] = "Grafana" }
        );
        await using var tab = await OpenAsync(person, $"/models/{minion.Id}");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Duplicate" }).ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("Display name")).ToHaveValueAsync("Grafana, copy");
        await Expect(dialog.GetByLabel("Personality")).ToHaveValueAsync("Calm");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make minion" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Grafana, copy", Level = 1 })).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("Grafana, copy is made.");
        await tab.GoAsync("/models");
        await Expect(Cards(tab)).ToHaveCountAsync(2);
        Assert.Empty(tab.Complaints);
    }

    private static ILocator Cards(Tab tab) => tab.Page.Locator("article.minion h3");

    private static ILocator Chip(Tab tab, string name) => tab.Page.Locator(".chips").GetByRole(AriaRole.Link, new() { Name = name });

    private async Task<Tab> OpenAsync(Inhabitant person, string path = "/models")
    {
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }
}
