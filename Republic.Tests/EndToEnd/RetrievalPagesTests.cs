using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Embedding;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>Searching a collection and measuring the search, in a browser.</summary>
public sealed class RetrievalPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>, IAsyncDisposable
{
    private readonly FakeVendor vendor = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_search_says_why_each_passage_was_found_and_what_an_answer_is_given()
    {
        var (person, collection) = await IndexedAsync("Searcher");
        await using var tab = await OpenAsync(person, $"/knowledge/{collection.Id}/search");
        await tab.Page.GetByLabel("Question").FillAsync("car <script>");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();

        var first = tab.Page.Locator(".hits > li").First;
        await Expect(first).ToContainTextAsync("A car needs oil");
        await Expect(first.Locator("mark").First).ToHaveTextAsync("car");
        await Expect(first).ToContainTextAsync("Given to a minion");
        await Expect(tab.Page.Locator("#s-head")).ToHaveTextAsync("A minion would answer from 1 passage.");
        await Expect(first).ToContainTextAsync("similarity 0.9");
        await Expect(tab.Page.GetByText("Boil the broth")).ToBeHiddenAsync();
        await tab.Page.GetByText("3 passages that fit less").ClickAsync();
        await Expect(tab.Page.Locator(".hits > li").Last).ToContainTextAsync("Below the least score, 0.25");
        await tab.AssertAccessibleAsync();
        await first.GetByRole(AriaRole.Link, new() { Name = "notes.md" }).ClickAsync();
        await Expect(tab.Page.Locator("body")).ToContainTextAsync("A car needs oil");
        await tab.GoAsync("/knowledge/search?q=broth");
        await Expect(tab.Page.Locator(".hits > li").First).ToContainTextAsync("Boil the broth");
        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Questions_are_written_and_measured_on_pages()
    {
        var (person, collection) = await IndexedAsync("Measurer");
        await using var tab = await OpenAsync(person, $"/knowledge/{collection.Id}/quality");
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Write a question" }).ClickAsync();
        await tab.Page.GetByLabel("Find the passage").FillAsync("What does a car need?");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Find the passage" }).ClickAsync();
        await tab.AssertPleasantAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(tab.Page.Locator("#passage-error")).ToContainTextAsync("Choose the passage that answers it.");
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Radio, new() { Name = "A car needs oil" }).CheckAsync();
        await tab.Page.GetByLabel("What a good answer says").FillAsync("Oil and fuel.");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(tab.Page.GetByText("comes first for 100 % of 1 question")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("#quality")).ToContainTextAsync("place 1");
        await Expect(tab.Page.Locator("#quality [data-working=true]")).ToHaveCountAsync(0);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Measure again" }).ClickAsync();
        await Expect(tab.Page.Locator("#quality .plot")).ToBeVisibleAsync();
        await tab.Page.GetByText("The figures as a table").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Cell, new() { Name = "Measured again" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "What does a car need?" }).ClickAsync();
        await tab.Page.GetByLabel("Question", new() { Exact = true }).FillAsync("Is there any parking at all?");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Is there any parking at all?" })).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Is there any parking at all?" }).ClickAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete this question" }).ClickAsync();
        await Expect(tab.Page.GetByText("Golden questions measure the search")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_collection_becomes_a_dataset_and_what_is_missing_is_said()
    {
        var (person, collection) = await IndexedAsync("Maker");
        await using var tab = await OpenAsync(person, $"/knowledge/{collection.Id}/quality");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make a dataset" }).ClickAsync();
        await Expect(tab.Page.GetByText("No question has an answer yet")).ToBeVisibleAsync();
    }

    private async Task<Tab> OpenAsync(Inhabitant person, string path)
    {
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }

    public ValueTask DisposeAsync() => vendor.DisposeAsync();

    private async Task<(Inhabitant Person, Collection Collection)> IndexedAsync(string name)
    {
        vendor.Embeds();
        var person = await republic.NewPersonAsync(name);
        var model = new EmbeddingModel("custom", "vendor-embed", vendor.BaseUrl.AbsoluteUri);
        var collection = await republic.NewCollectionAsync(person.Id, "Cars", model);
        await republic.NewDocumentAsync(
            collection,
            "A car needs oil. Driving a car needs fuel.",
            "Boil the broth slowly.",
            "The summit is reached at dawn.",
            "Pay the invoice within a week."
        );
        var made = await republic
            .Services.GetRequiredService<PassageEmbedder>()
            .EmbedAsync(person.Id, model, await republic.TextsAsync(collection), null, Ct);
        Assert.True(made.Ok, made.Failure?.Message);
        return (person, collection);
    }
}
