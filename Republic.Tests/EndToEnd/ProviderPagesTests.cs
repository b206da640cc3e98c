using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class ProviderPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_stored_key_serves_a_minion_its_fallback_answers_when_it_breaks_and_both_pages_say_why()
    {
        await using var vendor = new FakeVendor();
        await using var spare = new FakeVendor();
        spare.Answers("Here ", "I am");
        var person = await republic.NewPersonAsync("Keyholder");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync("/providers");
        await Expect(tab.Page.GetByText("No provider yet")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await StoreAsync(tab, vendor);
        await tab.AssertAccessibleAsync();

        await MakeMinionAsync(tab, spare);
        vendor.Refuses(HttpStatusCode.Unauthorized, "the token was revoked");
        var minion = await republic.QueryAsync(db => db.Minions.SingleAsync(m => m.OwnerId == person.Id));
        var chat = await Chat.BeginAsync(person, minion.Id);
        Assert.Equal("Here I am", Chat.Content(await chat.AskAsync("Are you there?")));
        await tab.GoAsync($"/chats/{chat.Id}");
        await tab.Page.Locator(".receipt-trace > summary").ClickAsync();
        await Expect(tab.Page.GetByText("the token was revoked")).ToBeVisibleAsync();
        await Until.TrueAsync(async () =>
            await republic.QueryAsync(db => db.ModelCalls.AnyAsync(c => c.OwnerId == person.Id && c.Error != null))
        );

        await tab.GoAsync("/providers");
        await Expect(tab.Page.GetByText("Custom refuses its key")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("the token was revoked")).ToBeVisibleAsync();
        var health = (await person.Api.GetAsync($"/api/users/{person.Id}/providers/health"))["providers"]![0]!;
        Assert.Equal(("key_refused", "Steady"), ((string?)health["state"], (string?)health["minions"]![0]));
        await tab.AssertAccessibleAsync();
        vendor.Answers("Hello");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "New key" }).ClickAsync();
        await tab.Page.Locator("#Input_ApiKey").FillAsync("sk-another-0123456789");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(tab.Page.GetByText("Custom refuses its key")).ToHaveCountAsync(0);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Test Custom" }).ClickAsync();
        await Expect(tab.Page.GetByText("Answered in")).ToBeVisibleAsync();
        Assert.Equal("Bearer sk-another-0123456789", vendor.LastRequest.Authorization);
        var card = tab.Page.GetByRole(AriaRole.Article);
        await Expect(card.GetByText("2 of 3 answered")).ToBeVisibleAsync();
        await Expect(card.Locator("dd").Last).ToHaveTextAsync("66.7 %");
    }

    [Fact]
    public async Task Without_javascript_keys_are_stored_tested_changed_and_deleted()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Plainkey");
        await using var tab = await browser.OpenAsync(republic.Address, javaScript: false);
        await tab.SignInAsync(person);
        await StoreAsync(tab, vendor, isPage: true);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Test Custom" }).ClickAsync();
        await Expect(tab.Page.GetByText("Answered in")).ToBeVisibleAsync();

        await tab.GoAsync($"/providers/keys/new?provider=custom");
        await tab.Page.GetByLabel("Name").FillAsync("Home");
        await tab.Page.GetByLabel("Base URL").FillAsync(vendor.BaseUrl.ToString());
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Store key" }).ClickAsync();
        await tab.Page.GetByLabel("More about the key Home").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make default" }).ClickAsync();
        await Expect(tab.Page.Locator(".keys li", new() { HasText = "Home" })).ToContainTextAsync("default");

        await tab.Page.GetByLabel("More about the key Home").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Delete" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete key" }).ClickAsync();
        await Expect(tab.Page.Locator(".keys li")).ToHaveCountAsync(1);
        await Expect(tab.Page.Locator(".keys li")).ToContainTextAsync("default");
    }

    [Fact]
    public async Task A_key_that_cannot_be_stored_is_refused_beside_its_field_and_what_was_typed_stays()
    {
        var person = await republic.NewPersonAsync("Typo");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync("/providers/keys/new?provider=openai");
        await tab.Page.GetByLabel("Name").FillAsync("Team");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Store key" }).ClickAsync();

        await Expect(tab.Page.GetByText("OpenAI needs a key.")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByLabel("Name")).ToHaveValueAsync("Team");
        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Only_a_provider_with_a_key_or_without_need_of_one_counts_as_set_up()
    {
        var person = await republic.NewPersonAsync("Counter");
        await person.NewMinionAsync("near");
        await person.NewMinionAsync("far", more: new JsonObject { ["provider"] = "openai", ["model_id"] = "gpt-4.1" });

        Assert.Matches(@"1 of \d+ is set up, 1 waits for a key\.", await (await person.BrowserAsync()).ReadAsync("/providers"));
    }

    private static async Task StoreAsync(Tab tab, FakeVendor vendor, bool isPage = false)
    {
        if (isPage)
        {
            await tab.GoAsync("/providers/add");
        }
        else
        {
            await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Add a provider" }).ClickAsync();
        }

        await tab.Page.Locator("a[href='/providers/keys/new?provider=custom']").ClickAsync();
        await tab.Page.Locator("#Input_ApiKey").FillAsync(FakeVendor.Key);
        await tab.Page.GetByLabel("Name").FillAsync("Work");
        await tab.Page.GetByLabel("Base URL").FillAsync(vendor.BaseUrl.ToString());
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Test", Exact = true }).ClickAsync();
        await Expect(tab.Page.GetByText("Answered in")).ToBeVisibleAsync();
        if (isPage)
        {
            await tab.Page.Locator("#Input_ApiKey").FillAsync(FakeVendor.Key);
        }

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Store key" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Custom" })).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".keys li")).ToContainTextAsync("Work");
    }

    private static async Task MakeMinionAsync(Tab tab, FakeVendor spare)
    {
        await tab.GoAsync("/models/new?provider=custom");
        await tab.Page.GetByLabel("Display name").FillAsync("Steady");
        await Expect(tab.Page.GetByLabel("Key", new() { Exact = true })).ToContainTextAsync("Your default: Work");
        await Expect(tab.Page.GetByLabel("Its own key")).ToBeHiddenAsync();
        await tab.Page.GetByRole(AriaRole.Combobox, new() { Name = "Model", Exact = true }).FillAsync("vendor-model");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Add a fallback" }).ClickAsync();
        var fallback = tab.Page.Locator("[data-fallback]");
        await fallback.GetByLabel("Model").FillAsync("spare-model");
        await fallback.GetByLabel("Base URL").FillAsync(spare.BaseUrl.ToString());
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make minion" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Steady" })).ToBeVisibleAsync();
    }
}
