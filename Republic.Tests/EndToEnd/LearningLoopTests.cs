using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>From a chat to a version that learned from it, and back.</summary>
public sealed class LearningLoopTests(FinishedRun finished, Browser browser) : IClassFixture<FinishedRun>
{
    private readonly TrainedWorld world = finished.World;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_chat_is_rated_corrected_and_chosen_to_be_taught()
    {
        var person = await world.NewPersonAsync("Looper");
        var minion = await person.NewMinionAsync("boatswain");
        var planted = new PlantedChats(world, person, minion.Id);
        await planted.AnswersAsync(await planted.ChatAsync(), 99, score: 0, correction: "Arr, behind the wall, matey!");
        await using var tab = await browser.OpenAsync(world.Address);
        await tab.SignInAsync(person);
        var page = tab.Page;

        await CorrectAsync(tab, person, minion);
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
        await tab.AssertAccessibleAsync();

        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task What_chats_have_taught_is_live_asked_again_and_rolled_back()
    {
        var (person, (minion, _, run)) = (world.Nora, finished.Template.Taught);
        var made = await person.Api.PostAsync(
            "/api/conversations",
            new { participants = new[] { minion }, title = "Where is the anchor?" }
        );
        var chat = $"/chats/{made["conversation"]!["id"]!.GetValue<Guid>()}";
        await using var tab = await browser.OpenAsync(world.Address);
        await tab.SignInAsync(person);
        var page = tab.Page;
        await tab.GoAsync($"/training/{run}");
        await Expect(page.Locator(".verdict"))
            .ToContainTextAsync(new Regex("made live as version 1|Version 1 was made live", RegexOptions.None, Second));

        await tab.GoAsync($"/training/chats?minion={minion}");
        await Expect(page.Locator(".lineage [data-now=true]")).ToContainTextAsync("100 pairs from 2 chats");
        await AskAsync(tab, chat);
        await Expect(page.Locator(".turn[data-from=minion] .receipt").Last).ToContainTextAsync("version 1");

        await tab.GoAsync($"/training/{run}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back to version 0" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use version 0" }).ClickAsync();
        await tab.ArriveAsync($"/models/{minion}#versions$");
        await AskAsync(tab, chat);
        await Expect(page.Locator(".turn[data-from=minion] .receipt").Last).Not.ToContainTextAsync("version 1");
        Assert.Empty(tab.Complaints);
    }

    /// <summary>Makes a chat in which the built-in model answers once and is corrected.</summary>
    private static async Task CorrectAsync(Tab tab, Inhabitant person, TestMinion minion)
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
