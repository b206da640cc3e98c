using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class MemoryPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task What_is_said_in_a_chat_is_proposed_beside_it_decided_on_changed_settled_and_forgotten()
    {
        await using var vendor = new FakeVendor();
        var minion = await republic.Ada.NewMinionAsync("rook", vendor);
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Ada);
        var made = await republic.Ada.Api.PostAsync("/api/conversations", new { participants = new[] { minion.Id } });
        await tab.GoAsync($"/chats/{made["conversation"]!["id"]}");
        await tab.Page.GetByLabel("Message to Rook").FillAsync("I live in Oslo. What shall I wear?");
        await tab.Page.Keyboard.PressAsync("Enter");

        // It comes up by itself, after the answer; the folded panel says so on its button.
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "something to decide on" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "1 thing to decide on" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Shall this be remembered?" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Remember “I live in Oslo.”", Exact = true }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "In use" })).ToBeVisibleAsync();

        await tab.Page.GetByLabel("What", new() { Exact = true }).Last.FillAsync("I live in Bergen.");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Remember", Exact = true }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Which is right?" })).ToBeVisibleAsync();
        await tab.AssertPleasantAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "This one: I live in Bergen." }).ClickAsync();
        await Expect(tab.Page.GetByText("Superseded: kept, and never used (1)")).ToBeVisibleAsync();

        await tab.Page.Locator(".memory-row").GetByText("Change").First.ClickAsync();
        await tab.Page.Locator("textarea[id^=text-]").First.FillAsync("I live in Bergen, near the fish market.");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(tab.Page.Locator(".memory-text").First).ToContainTextAsync("near the fish market");
        await tab.Page.GetByLabel("Search memories").FillAsync("fish");
        await Expect(tab.Page.Locator(".memory-row")).ToHaveCountAsync(1);
        await tab.AssertAccessibleAsync();

        await tab.Page.Locator(".memory-row").GetByText("Change").First.ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Forget", Exact = true }).ClickAsync();
        await Expect(tab.Page.GetByText("No memory holds these words")).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Asked_about_a_contradiction_a_chat_leads_to_where_it_is_settled_and_told_to_forget_it_does()
    {
        await using var vendor = new FakeVendor();
        var ada = await republic.NewPersonAsync("Torn");
        var minion = await ada.NewMinionAsync("rook", vendor);
        foreach (var content in (string[])["I live in Oslo.", "I live in Bergen.", "My dog is called Rex."])
        {
            await ada.Api.PostAsync("/api/memories", new { minion_id = minion.Id, content });
        }

        var made = await ada.Api.PostAsync("/api/conversations", new { participants = new[] { minion.Id } });
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(ada);
        await tab.GoAsync($"/chats/{made["conversation"]!["id"]}");
        var box = tab.Page.GetByLabel("Message to Rook");
        await box.FillAsync("Please forget my dog.");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator("[data-prose]").Last)
            .ToContainTextAsync("I have forgotten it: “My dog is called Rex.” What you said of it in a chat stays there");
        await box.FillAsync("Where do I live?");
        // While an answer is written there is none.
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(tab.Page.Locator("[data-prose]").Last)
            .ToHaveTextAsync("You told me both “I live in Oslo.” and “I live in Bergen.” Which is right?");
        await tab.Page.Locator(".receipt-trace > summary").Last.ClickAsync();
        await tab.AssertAccessibleAsync();

        await tab.Page.Locator(".turn-note").GetByRole(AriaRole.Link, new() { Name = "Say which is right" }).Last.ClickAsync();
        await Expect(tab.Page.Locator(".memory-case:target")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "This one: I live in Bergen." }).ClickAsync();
        await Expect(tab.Page.Locator(".memory-case")).ToHaveCountAsync(0);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_form_that_is_opened_while_news_are_on_their_way_stays_as_it_is_and_they_come_once_it_is_closed()
    {
        await using var vendor = new FakeVendor();
        var ada = await republic.NewPersonAsync("Opens");
        var minion = await ada.NewMinionAsync("opener", vendor);
        await ada.Api.PostAsync("/api/memories", new { minion_id = minion.Id, content = "I like tea." });
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(ada);
        await tab.GoAsync("/memories");
        var (asked, opened) = (new TaskCompletionSource(), new TaskCompletionSource());
        await tab.Page.RouteAsync(
            "**/memories?*",
            async route =>
            {
                var answer = await route.FetchAsync();
                asked.TrySetResult();
                await opened.Task;
                await route.FulfillAsync(new() { Response = answer });
            }
        );

        await ada.Api.PostAsync("/api/memories", new { minion_id = minion.Id, content = "My cat is called Tom." });
        await asked.Task;
        await tab.Page.Locator(".memory-row").GetByText("Change").First.ClickAsync();
        await tab.Page.Locator("textarea[id^=text-]").First.FillAsync("I like green tea.");
        var news = tab.Page.WaitForResponseAsync("**/memories?*");
        opened.SetResult();
        await news;
        // What is told of while it is open is not even fetched.
        await ada.Api.PostAsync("/api/memories", new { minion_id = minion.Id, content = "My dog is called Rex." });

        await Expect(tab.Page.Locator("textarea[id^=text-]").First).ToHaveValueAsync("I like green tea.");
        await Expect(tab.Page.GetByText("My cat is called Tom.")).ToHaveCountAsync(0);
        await tab.Page.Locator(".memory-row").GetByText("Change").First.ClickAsync();
        await Expect(tab.Page.GetByText("My cat is called Tom.").First).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("My dog is called Rex.").First).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task It_can_be_switched_off_without_javascript()
    {
        await using var tab = await browser.OpenAsync(republic.Address, javaScript: false);
        await tab.SignInAsync(republic.Jonas);
        await tab.GoAsync("/memories/settings");
        await tab.Page.GetByLabel("Remember me").UncheckAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(tab.Page.Locator("#memory-sentence")).ToContainTextAsync("switched off");
        Assert.False((await republic.Jonas.Api.GetAsync("/api/memories/settings"))["settings"]!["is_on"]!.GetValue<bool>());
        await republic.Jonas.Api.PutAsync("/api/memories/settings", new { is_on = true });
    }
}
