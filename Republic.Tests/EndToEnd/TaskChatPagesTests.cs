using Microsoft.Playwright;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class TaskChatPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    private const string Answer = "Compare the exports by order number, then look at the last row.";

    [Fact]
    public async Task A_message_becomes_a_task_by_one_key_and_the_task_is_talked_about_in_a_chat_of_its_own()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers(Answer);
        var person = await republic.NewPersonAsync("Delegates");
        var minion = (await person.NewMinionAsync("clerk", vendor)).Id;
        var chat = await Chat.BeginAsync(person, minion);
        await chat.AskAsync("How do I find the missing row?");
        await using var tab = await OpenAsync(person, $"/chats/{chat.Id}");
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Make a task of it" })).ToHaveCountAsync(2);
        await tab.AssertPleasantAsync();
        await tab.Page.SetViewportSizeAsync(1280, 900);

        await tab.Page.Locator(".transcript").FocusAsync();
        await tab.Page.Keyboard.PressAsync("t");
        await tab.ArriveAsync("/tasks\\?new=TODO&message=");
        await Expect(tab.Page.GetByLabel("What is to be done")).ToHaveValueAsync(Answer);
        await Expect(tab.Page.GetByLabel("More about it")).ToHaveValueAsync($"> {Answer}");
        await Expect(tab.Page.Locator("#Input_CitizenId")).ToHaveValueAsync($"{minion}");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Add task" }).ClickAsync();
        await tab.ArriveAsync("/tasks/[0-9a-f-]{36}$");
        await Expect(tab.Page.Locator("#task-source")).ToHaveTextAsync("From the chat How do I find the missing row?");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Talk about it" }).ClickAsync();
        await tab.ArriveAsync("/chats/[0-9a-f-]{36}$");
        await Expect(tab.Page.Locator("#chat-title")).ToContainTextAsync("T-1 Compare the exports");
        await Expect(tab.Page.Locator(".chat-head")).ToContainTextAsync("About T-1 Compare the exports");
        await tab.AssertAccessibleAsync();
        await tab.Page.SetViewportSizeAsync(1280, 900);
        await tab.Page.Locator("#chat-task").ClickAsync();
        await tab.ArriveAsync("/tasks/[0-9a-f-]{36}$");
        await tab.AssertAccessibleAsync();

        await tab.Page.SetViewportSizeAsync(1280, 900);
        await tab.Page.Locator("#task-source a").ClickAsync();
        await tab.ArriveAsync($@"/chats/{chat.Id}\?message=[0-9a-f-]{{36}}#m-");
    }

    [Fact]
    public async Task A_message_is_read_once_its_answer_begins()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var person = await republic.NewPersonAsync("Watches");
        var chat = await Chat.BeginAsync(person, vendor, "reader");
        await using var tab = await OpenAsync(person, $"/chats/{chat.Id}");
        await tab.Page.Locator("#message").FillAsync("Hi");
        await tab.Page.Locator("#message").PressAsync("Enter");

        hand.Says("I am ");
        await Expect(tab.Page.Locator(".turn[data-from=minion] [data-prose]")).ToHaveTextAsync("I am");
        await Expect(tab.Page.Locator("#turns .turn-status")).ToHaveTextAsync("Read", new() { UseInnerText = true });

        hand.Says("here.");
        hand.Ends();
        await Expect(tab.Page.Locator(".turn[data-state=complete] .receipt")).ToBeVisibleAsync();
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("#turns .turn-status")).ToHaveTextAsync("Read");
        Assert.Empty(tab.Complaints);
    }

    private async Task<Tab> OpenAsync(Inhabitant person, string path)
    {
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }
}
