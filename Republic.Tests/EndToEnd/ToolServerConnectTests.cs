using Microsoft.Playwright;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>A person connects a tool server in the browser, switches its tool on for a minion, and is asked in the chat.</summary>
public sealed class ToolServerConnectTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_server_is_connected_switched_on_for_a_minion_and_called_once_it_is_allowed()
    {
        await using var server = new ToolServerStub();
        await using var vendor = new FakeVendor();
        vendor.Plays(request =>
            CallingReviewer.IsAnswered(request)
                ? new PlayedTurn("It echoes.")
                : new PlayedTurn(
                    "",
                    new PlayedCall("c1", (string)request.Body!["tools"]![0]!["function"]!["name"]!, """{"text":"hello"}""")
                )
        );
        var person = await republic.NewPersonAsync("Connects");
        var minion = await person.NewMinionAsync("rook", vendor);
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);

        await tab.GoAsync("/tools/servers");
        await tab.Page.GetByLabel("Name").First.FillAsync("parrot");
        await tab.Page.GetByLabel("URL").FillAsync(server.Url);
        await tab.Page.GetByLabel("URL").PressAsync("Enter");
        await tab.ArriveAsync("/tools/servers/[0-9a-f-]{36}$");
        await Expect(tab.Page.GetByText("Gives back a text.")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await tab.GoAsync($"/models/{minion.Id}/tools");
        await tab.Page.GetByRole(AriaRole.Switch, new() { Name = "parrot for Rook" }).CheckAsync();
        await Expect(tab.Page.GetByText("1 of 1 tool")).ToBeVisibleAsync();

        var chat = await Chat.BeginAsync(person, minion.Id);
        await tab.GoAsync($"/chats/{chat.Id}");
        await tab.Page.GetByLabel("Message to Rook").FillAsync("Say hello.");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator(".call-ask")).ToContainTextAsync("parrot");
        await Expect(tab.Page.Locator(".call-ask pre")).ToContainTextAsync("\"text\": \"hello\"");
        Assert.Equal(0, server.Calls);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Allow once", Exact = true }).ClickAsync();
        await Expect(tab.Page.Locator("[data-prose]").Last).ToContainTextAsync("It echoes.");
        Assert.Equal(1, server.Calls);
        Assert.Empty(tab.Complaints);
    }
}
