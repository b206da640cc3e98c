using Microsoft.Playwright;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>Pages that lead on: to a run, to knowledge, to a chat with a draft, to a comparison of runs.</summary>
public sealed class NextStepPagesTests(SharedRepublic world, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_minion_and_a_dataset_lead_to_a_run_that_has_chosen_them()
    {
        var person = await world.NewPersonAsync("Leads");
        var minion = await person.NewMinionAsync("clerk");
        var dataset = await TrainingWorld.NewDatasetAsync(person, 12);
        await using var tab = await OpenAsync(person, $"/models/{minion.Id}");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Train", Exact = true }).ClickAsync();
        await tab.ArriveAsync("/training/new");
        await Expect(tab.Page.GetByLabel("Minion", new() { Exact = true })).ToHaveValueAsync($"{minion.Id}");

        await tab.GoAsync($"/datasets/{dataset}");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Train with this" }).ClickAsync();
        await tab.ArriveAsync("/training/new");
        await Expect(tab.Page.GetByRole(AriaRole.Checkbox, new() { Name = "12 rows" })).ToBeCheckedAsync();
    }

    [Fact]
    public async Task A_collection_is_given_to_a_minion_from_its_own_page()
    {
        var person = await world.NewPersonAsync("Gives");
        var minion = await person.NewMinionAsync("clerk");
        var collection = await PlantedCollections.NewAsync(world, person, "Boiler guide", KnowledgeRuns.Guide);
        await using var tab = await OpenAsync(person, $"/knowledge/{collection}");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Give it to a minion" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Clerk" }).ClickAsync();
        await tab.ArriveAsync($"/models/{minion.Id}/knowledge");
        await Expect(tab.Page.Locator("input[name='Input.Linked']")).ToBeCheckedAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("What Clerk knows is saved.");

        await tab.GoAsync($"/knowledge/{collection}");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Give it to a minion" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Clerk has it" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_draft_answers_in_a_chat_of_its_own_and_the_version_in_use_in_others()
    {
        await using var vendor = new FakeVendor();
        var person = await world.NewPersonAsync("Tries");
        var minion = await person.NewMinionAsync("clerk", vendor);
        await DraftAsync(person, minion.Id);
        await using var tab = await OpenAsync(person, $"/models/{minion.Id}/versions/1");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Try this draft" }).ClickAsync();
        await tab.ArriveAsync("/chats/[0-9a-f-]{36}$");
        await Expect(tab.Page.GetByText("Version 1 answers here")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.SetViewportSizeAsync(1280, 900);
        await tab.Page.GetByLabel("Message to Clerk").FillAsync("Good day");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator(".receipt-trace")).ToHaveCountAsync(1);
        var draft = tab.Page.Url.Split('/')[^1];
        Assert.Equal(1, await AnsweredAsync(person, draft));

        await tab.GoAsync($"/chats?minion={minion.Id}");
        Assert.NotEqual(draft, tab.Page.Url.Split('/')[^1]);
        var live = await Chat.BeginAsync(person, minion.Id);
        await live.AskAsync("Good day");
        Assert.Equal(0, await AnsweredAsync(person, $"{live.Id}"));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_version_that_is_not_there_opens_no_chat()
    {
        var person = await world.NewPersonAsync("Missing");
        var minion = await person.NewMinionAsync("clerk");
        var body = new { participants = new[] { minion.Id }, minion_version = 7 };
        var problem = await person.Api.ProblemAsync(400, HttpMethod.Post, "/api/conversations", body);
        Assert.Contains("That minion has no version 7.", problem.ToJsonString(), StringComparison.Ordinal);
        await using var tab = await OpenAsync(person, "/chats");
        var answer = await tab.Page.GotoAsync($"/chats?minion={minion.Id}&version=7");
        Assert.Equal(404, answer!.Status);
    }

    [Fact]
    public async Task Two_ticked_runs_are_compared()
    {
        await using var vendor = new FakeVendor();
        var person = await world.NewPersonAsync("Ticks");
        var minion = await person.NewMinionAsync("clerk", vendor);
        await DraftAsync(person, minion.Id);
        await DraftAsync(person, minion.Id);
        await using var tab = await OpenAsync(person, "/training");
        var ticks = tab.Page.Locator("#runs tbody").GetByRole(AriaRole.Checkbox);
        await ticks.Nth(0).CheckAsync();
        await ticks.Nth(1).CheckAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Compare the ticked runs" }).ClickAsync();
        await tab.ArriveAsync("/training/compare");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "What came of them" })).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }

    /// <summary>The version of the minion that gave the last answer of a conversation.</summary>
    private static async Task<int> AnsweredAsync(Inhabitant person, string conversation) =>
        (await person.Api.GetAsync($"/api/conversations/{conversation}/messages"))["messages"]!.AsArray()[^1]![
            "minion_version"
        ]!.GetValue<int>();

    private static async Task DraftAsync(Inhabitant person, Guid minion)
    {
        var run = await TrainingWorld.NewJobAsync(person, minion, [], TrainingWorld.Friendly(1));
        await TrainingWorld.StartAsync(person, run);
        await TrainingWorld.EndAsync(person, run);
    }

    private async Task<Tab> OpenAsync(Inhabitant person, string path)
    {
        var tab = await browser.OpenAsync(world.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }
}
