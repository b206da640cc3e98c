using Microsoft.Playwright;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>A chat that is longer than its model answers well to.</summary>
public sealed class LongChatPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    /// <summary>About 200 tokens, so that four are more than the length.</summary>
    private static readonly string Long = string.Concat(Enumerable.Repeat("I have a question about my minion and its model. ", 15));

    [Fact]
    public async Task A_line_says_from_where_on_the_model_reads_and_goes_down_with_the_chat()
    {
        var person = await republic.NewPersonAsync("Longwinded");
        var minion = (await person.NewMinionAsync("olli", more: SproutCopy.In(republic))).Id;
        // Else the help would answer, and no model would read anything.
        await person.Api.PutAsync($"/api/minions/{minion}/knowledge", new { stages = new { help = false } });
        var chat = await Chat.BeginAsync(person, minion);
        for (var turn = 1; turn <= 3; turn++)
        {
            await chat.AskAsync($"{turn}: {Long}");
        }

        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/chats/{chat.Id}");
        await Expect(Line(tab)).ToHaveCountAsync(0);

        await AskAsync(tab, $"4: {Long}");
        await Expect(Line(tab)).ToContainTextAsync("Olli reads from here on");
        await Expect(FirstRead(tab)).ToContainTextAsync("2: I have");
        await AskAsync(tab, $"5: {Long}");
        await Expect(FirstRead(tab)).ToContainTextAsync("3: I have");
        await Expect(Line(tab)).ToHaveCountAsync(1);

        await tab.Page.ReloadAsync();
        await Expect(FirstRead(tab)).ToContainTextAsync("3: I have");
        await tab.Page.Locator(".receipt-trace > summary").Last.ClickAsync();
        await Expect(tab.Page.Locator(".hops").Last).ToContainTextAsync("oldest 4 messages did not reach it");
        await Expect(tab.Page.GetByText("could not hold it all")).ToHaveCountAsync(0);
        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_message_that_is_longer_by_itself_is_answered_with_a_warning()
    {
        var person = await republic.NewPersonAsync("Atonce");
        var chat = await Chat.BeginAsync(person, (await person.NewMinionAsync("nora", more: SproutCopy.In(republic))).Id);
        await chat.AskAsync(string.Concat(Enumerable.Repeat(Long, 5)));
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);

        await tab.GoAsync($"/chats/{chat.Id}");

        await Expect(Line(tab)).ToHaveCountAsync(0);
        await Expect(tab.Page.Locator(".turn-note")).ToContainTextAsync("this answer may make no sense");
        await tab.AssertAccessibleAsync();
    }

    private static ILocator Line(Tab tab) => tab.Page.Locator("#reads-from");

    private static ILocator FirstRead(Tab tab) => tab.Page.Locator("#reads-from + .turn [data-prose]");

    private static async Task AskAsync(Tab tab, string words)
    {
        await tab.Page.Locator("#message").FillAsync(words);
        await tab.Page.Locator("#message").PressAsync("Enter");
    }
}
