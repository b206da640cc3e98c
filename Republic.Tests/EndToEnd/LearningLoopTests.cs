using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>From a chat to a version that learned from it, and back.</summary>
public sealed class LearningLoopTests(TrainingWorld world, Browser browser) : IClassFixture<TrainingWorld>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_chat_is_rated_corrected_taught_asked_again_and_rolled_back()
    {
        var person = await world.NewPersonAsync("Looper");
        var minion = await person.NewMinionAsync("boatswain");
        var planted = new PlantedChats(world, person, minion.Id);
        await planted.AnswersAsync(await planted.ChatAsync(), 99, score: 0, correction: "Arr, behind the wall, matey!");
        await using var tab = await browser.OpenAsync(world.Address);
        await tab.SignInAsync(person);
        var page = tab.Page;

        var chat = await CorrectAsync(tab, person, minion);
        await tab.GoAsync($"/training/chats?minion={minion.Id}");
        await Expect(page.Locator("#ready")).ToHaveTextAsync("99 of 100 pairs are ready");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Train", Exact = true })).ToBeDisabledAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Choose chats" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Where is the anchor?" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await tab.ArriveAsync("/training/chats");
        await Expect(page.Locator(".pairs > li").First).ToContainTextAsync("Arr, below the bow, matey!");
        await Expect(page.Locator(".pairs > li").First).ToContainTextAsync("Corrected by you");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Train", Exact = true })).ToBeEnabledAsync();
        await tab.AssertPleasantAsync();

        // Small steps: the button would take the usual settings.
        var started = await person.Api.PostAsync("/api/training/start-job", new { minion_id = minion.Id, config = TrainingWorld.Short() });
        var run = started["job"]!["id"]!.GetValue<Guid>();
        await tab.GoAsync($"/training/{run}");
        await Expect(page.Locator(".verdict"))
            .ToContainTextAsync(
                new Regex("made live as version 1|Version 1 was made live", RegexOptions.None, Second),
                new() { Timeout = 170_000 }
            );

        await tab.GoAsync($"/training/chats?minion={minion.Id}");
        await Expect(page.Locator(".lineage [data-now]")).ToContainTextAsync("100 pairs from 2 chats");
        await AskAsync(tab, chat);
        await Expect(page.Locator(".turn[data-from=minion] .receipt").Last).ToContainTextAsync("version 1");

        await tab.GoAsync($"/training/{run}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back to version 0" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use version 0" }).ClickAsync();
        await tab.ArriveAsync($"/models/{minion.Id}#versions$");
        await AskAsync(tab, chat);
        await Expect(page.Locator(".turn[data-from=minion] .receipt").Last).Not.ToContainTextAsync("version 1");
        Assert.Empty(tab.Complaints);
    }

    /// <returns>The chat, in which the built-in model answered once and was corrected.</returns>
    private static async Task<string> CorrectAsync(Tab tab, Inhabitant person, TestMinion minion)
    {
        var made = await person.Api.PostAsync(
            "/api/conversations",
            new { participants = new[] { minion.Id }, title = "Where is the anchor?" }
        );
        var chat = $"/chats/{made["conversation"]!["id"]!.GetValue<Guid>()}";
        await AskAsync(tab, chat);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Bad answer" }).ClickAsync();
        await tab.Page.GetByLabel("Corrected answer").FillAsync("Arr, below the bow, matey!");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(tab.Page.GetByText("Your correction", new() { Exact = true })).ToBeVisibleAsync();
        return chat;
    }

    private static async Task AskAsync(Tab tab, string chat)
    {
        await tab.GoAsync(chat);
        var answers = tab.Page.Locator(".turn[data-from=minion]");
        var before = await answers.CountAsync();
        await tab.Page.GetByLabel("Message to").FillAsync("Where is the anchor?");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(answers).ToHaveCountAsync(before + 1);
        await Expect(answers.Last).Not.ToHaveAttributeAsync("aria-busy", "true", new() { Timeout = 60_000 });
        await Expect(answers.Last.Locator(".receipt")).ToBeVisibleAsync();
    }
}
