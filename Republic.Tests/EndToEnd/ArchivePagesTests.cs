using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>All that somebody has, out of one account and into another, in a browser.</summary>
public sealed class ArchivePagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task What_one_person_exports_another_imports_as_they_choose()
    {
        var leaving = await republic.NewPersonAsync("Leaving");
        var minion = await leaving.NewMinionAsync("companion");
        var chats = new PlantedChats(republic, leaving, minion.Id);
        await chats.AnswersAsync(await chats.ChatAsync(), count: 1);
        await leaving.Api.PostAsync("/api/memories", new { minion_id = minion.Id, content = "I live in Oslo." });
        var archive = await ExportAsync(leaving);

        await using var tab = await OpenAsync(await republic.NewPersonAsync("Arriving"));
        await tab.Page.GetByLabel("Archive", new() { Exact = true }).SetInputFilesAsync(archive);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Upload and check" }).ClickAsync();
        var choice = tab.Page.Locator("#import-part");
        await Expect(choice.GetByLabel("Companion")).ToBeCheckedAsync();
        await tab.AssertAccessibleAsync();
        await choice.GetByLabel("Memories").UncheckAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();

        var rows = tab.Page.Locator("#import-part tbody tr");
        await Expect(rows.Filter(new() { HasText = "Minions" })).ToContainTextAsync("1");
        await Expect(rows.Filter(new() { HasText = "Chats" })).ToContainTextAsync("1");
        await Expect(rows.Filter(new() { HasText = "Memories" })).ToHaveCountAsync(0);
        await tab.GoAsync("/models");
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Companion" }).First).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }

    private async Task<FilePayload> ExportAsync(Inhabitant person)
    {
        await using var tab = await OpenAsync(person);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Export everything" }).ClickAsync();
        var link = tab.Page.GetByRole(AriaRole.Link, new() { Name = "Download" });
        await Expect(link).ToBeVisibleAsync();
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        Assert.Empty(tab.Complaints);
        return new FilePayload
        {
            Name = download.SuggestedFilename,
            MimeType = "application/zip",
            Buffer = await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken),
        };
    }

    private async Task<Tab> OpenAsync(Inhabitant person)
    {
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync("/account/data");
        return tab;
    }
}
