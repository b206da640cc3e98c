using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class CitedChatTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task From_a_linked_collection_to_an_answer_whose_citation_leads_to_its_passage()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var mira = await republic.NewPersonAsync("Citing");
        var minion = await mira.NewMinionAsync("archivist", vendor);
        var collection = await new LinkedKnowledge(republic, mira).CollectionAsync(
            "Lamp handbook",
            "The warranty of the Kestrel lamp lasts 24 months.",
            "The warranty of its battery lasts six months."
        );
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(mira);
        await tab.GoAsync($"/models/{minion.Id}/knowledge");
        await tab.Page.Locator("input[name='Input.Linked']").CheckAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(tab.Page.Locator("section:has(#p-knowledge)")).ToContainTextAsync("Lamp handbook");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Use" }).ClickAsync();
        // Until the page's scripts are there, Enter is a new line.
        await tab.ArriveAsync("/chats/");
        await tab.Page.WaitForFunctionAsync("() => document.readyState === 'complete'");
        await tab
            .Page.GetByRole(AriaRole.Textbox, new() { Name = "Message to Archivist" })
            .FillAsync("How long is the warranty of the lamp?");
        await tab.Page.Keyboard.PressAsync("Enter");

        var stages = tab.Page.Locator(".turn[aria-busy=true] .trace li");
        await Expect(stages).ToHaveCountAsync(3);
        await Expect(stages.Nth(1)).ToContainTextAsync("1 passage");
        await Expect(stages.Nth(2)).ToHaveAttributeAsync("data-state", "active");
        hand.Says("It lasts 24 months [1]");
        var cite = tab.Page.Locator("[data-prose] a.cite");
        await Expect(cite).ToHaveTextAsync("1");
        hand.Says(", as the list[9] says.");
        hand.Ends();

        await Expect(tab.Page.Locator(".sources li")).ToHaveCountAsync(1);
        await Expect(tab.Page.Locator("[data-prose]").Last).ToContainTextAsync("It lasts 24 months 1, as the list[9] says.");
        await Expect(tab.Page.Locator(".sources li").First).ToContainTextAsync("The warranty of the Kestrel lamp lasts 24 months.");
        await Expect(tab.Page.Locator("#chat-side")).ToContainTextAsync("Lamp handbook");
        await Expect(tab.Page.Locator("#chat-side")).ToContainTextAsync("2 passages");
        await tab.AssertPleasantAsync();
        await tab.Page.Locator(".receipt-trace summary").First.ClickAsync();
        await Expect(tab.Page.Locator(".trace-texts")).ToContainTextAsync("How long is the warranty of the lamp?");
        await tab.AssertAccessibleAsync();
        await cite.ClickAsync();
        await Expect(tab.Page.Locator(".sources li:target")).ToContainTextAsync("24 months");
        var link = tab.Page.Locator(".sources li:target a").Last;
        var href = (await link.GetAttributeAsync("href"))!;
        Assert.StartsWith($"/knowledge/{collection.Id}/documents/", href);
        await link.ClickAsync();
        await Expect(tab.Page.Locator(href[href.IndexOf('#')..])).ToContainTextAsync("The warranty of the Kestrel lamp lasts 24 months.");
    }
}
