using System.Text;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>From the first collection to a passage that was changed by hand.</summary>
public sealed class KnowledgePagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    private const string Guide =
        "# Returns\n\nEverything can be sent back within 30 days. The parcel costs nothing.\n\n## Fees\n\nAfter that it costs 5 euros.";

    [Fact]
    public async Task A_person_makes_a_collection_drops_documents_and_changes_a_passage()
    {
        var person = await republic.NewPersonAsync("Librarian");
        await using var tab = await OpenAsync(person, "/knowledge");
        await Expect(tab.Page.GetByText("No collections yet")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "New collection" }).ClickAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByLabel("Name").FillAsync("Shop");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make collection" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "No documents yet" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await tab
            .Page.GetByLabel("Choose files")
            .SetInputFilesAsync([
                SampleRows.File("guide.md", Guide),
                SampleRows.File("broken.json", "{\"a\": 1,\n \"b\": }"),
                SampleRows.File("packed.txt", "PK\u0003\u0004 and so on"),
            ]);
        await Expect(Row(tab, "guide.md")).ToContainTextAsync("Ready");
        await Expect(Row(tab, "broken.json")).ToContainTextAsync("Line 2 is not JSON");
        await Expect(tab.Page.Locator("#uploads li")).ToContainTextAsync("archive");
        await tab.AssertAccessibleAsync();
        await Row(tab, "broken.json").GetByRole(AriaRole.Button, new() { Name = "Delete broken.json" }).ClickAsync();
        await Expect(Row(tab, "broken.json")).ToContainTextAsync("The file goes for good.");
        await tab.AssertAccessibleAsync();
        await Row(tab, "broken.json").GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();
        await Expect(Row(tab, "broken.json")).ToHaveCountAsync(0);

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "guide.md" }).ClickAsync();
        await Expect(tab.Page.Locator(".passage")).ToHaveCountAsync(2);
        await Expect(tab.Page.Locator(".source-text")).ToContainTextAsync("After that it costs 5 euros.");
        await tab.AssertPleasantAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Change passage 1" }).ClickAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Here: The parcel costs nothing." }).ClickAsync();
        await Expect(tab.Page.Locator(".passage")).ToHaveCountAsync(3);
        await Expect(tab.Page.Locator(".passage[data-here=yes]")).ToContainTextAsync("within 30 days.");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Change passage 2" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true }).FillAsync("The parcel is free.");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(tab.Page.Locator(".passage[data-here=yes]")).ToContainTextAsync("The parcel is free.");
        await tab.Page.GetByText("Delete this document").ClickAsync();
        await Expect(tab.Page.GetByText("The file and its 3 passages go for good, 2 of them changed by you.")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete guide.md" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "No documents yet" })).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Settings_say_what_is_wrong_beside_each_field_and_ask_before_changes_are_lost()
    {
        var person = await republic.NewPersonAsync("Setter");
        var collection = (await KnowledgeWorld.CollectionAsync(person, "Set", ("guide.md", Guide)))["id"]!.GetValue<string>();
        var documents = await person.Api.GetAsync(KnowledgeWorld.PathOf(person, $"/{collection}/documents"));
        var document = documents["documents"]![0]!["id"]!.GetValue<string>();
        var passage = (await KnowledgeWorld.PassagesAsync(person, collection, document))[0]["id"]!.GetValue<string>();
        await person.Api.PutAsync(
            KnowledgeWorld.PathOf(person, $"/{collection}/documents/{document}/passages/{passage}"),
            new { text = "By hand." }
        );
        await using var tab = await OpenAsync(person, $"/knowledge/{collection}/settings");
        await Expect(tab.Page.GetByText("choose an embedding model")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await tab.Page.GetByLabel("Length of a passage").FillAsync("many");
        await SaveAsync(tab);
        await Expect(tab.Page.Locator("#Input_Cutting_Length-error")).ToContainTextAsync("not a whole number");
        await tab.Page.GetByLabel("Length of a passage").FillAsync("300");
        await tab.Page.GetByLabel("Embedding model of").SelectOptionAsync("local");
        await tab.Page.GetByLabel("Model", new() { Exact = true }).FillAsync("sprout");
        await SaveAsync(tab);
        await Expect(tab.Page.Locator("#Input_Embedding_ModelId-error")).ToContainTextAsync("sprout writes answers");
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByLabel("Embedding model of").SelectOptionAsync("");
        await SaveAsync(tab);
        await Expect(tab.Page.Locator(".main")).ToContainTextAsync("Cutting anew would lose the one passage that you changed.");
        await tab.Page.GetByLabel("the one passage that you changed may go").CheckAsync();
        await SaveAsync(tab);
        await Expect(Row(tab, "guide.md")).ToContainTextAsync("Ready");
        Assert.DoesNotContain(
            "By hand.",
            (await KnowledgeWorld.PassagesAsync(person, collection, document)).Select(p => p["text"]!.GetValue<string>())
        );

        await tab.GoAsync($"/knowledge/{collection}/documents/{document}?passage={Guid.CreateVersion7()}");
        await Expect(tab.Page.GetByText("The passage of this link is not there any more.")).ToBeVisibleAsync();
        await tab.GoAsync($"/knowledge/{collection}/settings");
        await tab.Page.GetByText("Delete this collection").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete Set" }).ClickAsync();
        await Expect(tab.Page.GetByText("No collections yet")).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Without_scripts_a_document_is_uploaded_by_a_plain_form()
    {
        var person = await republic.NewPersonAsync("Plain");
        var collection = (await KnowledgeWorld.CollectionAsync(person, "Plain"))["id"]!.GetValue<string>();
        var visitor = await person.BrowserAsync();
        var token = Html.Token(await visitor.ReadAsync($"/knowledge/{collection}"));
        foreach (var (name, words) in new[] { ("plain.txt", "Plain words."), ("again.txt", "Plain words.") })
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent(token), "__RequestVerificationToken" },
                { new ByteArrayContent(Encoding.UTF8.GetBytes(words)), "file", name },
            };
            using var response = await visitor.Http.PostAsync(
                $"/knowledge/{collection}/upload",
                form,
                TestContext.Current.CancellationToken
            );
            Assert.Equal(name == "plain.txt" ? 302 : 409, (int)response.StatusCode);
        }

        using var forged = new MultipartFormDataContent { { new ByteArrayContent("x"u8.ToArray()), "file", "forged.txt" } };
        using var refused = await visitor.Http.PostAsync($"/knowledge/{collection}/upload", forged, TestContext.Current.CancellationToken);
        Assert.Equal(403, (int)refused.StatusCode);
        var page = await visitor.ReadAsync($"/knowledge/{collection}");
        Assert.Contains("plain.txt", page);
        Assert.DoesNotContain("again.txt", page);
        Assert.DoesNotContain("forged.txt", page);
    }

    private static ILocator Row(Tab tab, string name) => tab.Page.Locator("tbody tr", new() { HasText = name });

    private static Task SaveAsync(Tab tab) => tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

    private async Task<Tab> OpenAsync(Inhabitant person, string path)
    {
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }
}
