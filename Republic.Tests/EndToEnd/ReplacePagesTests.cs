using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class ReplacePagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_model_that_ends_is_compared_with_another_switched_and_switched_back()
    {
        await using var vendor = new FakeVendor { ModelList = """{"id":"old-model","shutdown_date":"2027-01-14"},{"id":"new-model"}""" };
        vendor.AnswersTo(request => $"{request.Body?["model"]} here");
        var person = await republic.NewPersonAsync("Comparer");
        var minion = await person.NewMinionAsync("compared", vendor, new JsonObject { ["model_id"] = "old-model" });
        await person.Api.PostAsync($"/api/users/{person.Id}/providers/custom/models/refresh", new { });
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/chats?minion={minion.Id}");
        await tab.GoAsync($"/models/{minion.Id}");
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Try another model" }).ClickAsync();

        await tab.Page.GetByLabel("Model at Custom").FillAsync("new-model");
        await tab.AssertPleasantAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Ask both" }).ClickAsync();
        await Expect(tab.Page.GetByText("old-model here")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("new-model here")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Switch to new-model" }).ClickAsync();

        await Expect(tab.Page.GetByText("Compared is on new-model now.")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(tab.Page.GetByText("Compared is on old-model now.")).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Above_a_chat_it_is_said_with_the_way_to_another()
    {
        var person = await republic.NewPersonAsync("Chatwarned");
        var minion = await person.NewMinionAsync(
            "chatwarned",
            more: new JsonObject
            {
                ["provider"] = "openai",
                ["model_id"] = "gpt-4.1-mini",
                ["api_key"] = FakeVendor.Key,
                ["fallbacks"] = new JsonArray(new JsonObject { ["provider"] = "openai", ["model_id"] = "gpt-4o" }),
            }
        );
        var made = await person.Api.PostAsync("/api/conversations", new { participants = new[] { minion.Id } });
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/chats/{made["conversation"]!["id"]}");

        await Expect(tab.Page.GetByText("Fallback 1, gpt-4o, ends on 14 Jan 2027")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Try gpt-6-luna" }).First.ClickAsync();
        await Expect(tab.Page.GetByLabel("Model at OpenAI")).ToHaveValueAsync("gpt-6-luna");
        Assert.Empty(tab.Complaints);
    }
}
