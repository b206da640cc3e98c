using System.Text;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>Names that no page was drawn for.</summary>
public sealed class DatasetNameTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_name_without_a_space_scrolls_nothing_sideways()
    {
        var (name, column) = (new string('m', 200), new string('q', 120));
        var table = Encoding.UTF8.GetBytes(
            $"{column};answer\n"
                + string.Concat(Enumerable.Range(1, 9).Select(i => $"What is number {i} for?;Number {i} counts {i * 7}.\n"))
        );
        var dataset = await DatasetWorld.MakeAsync(republic.Jonas, table, $"{name[..150]}.csv");
        var id = dataset["id"]!.GetValue<string>();
        var path = DatasetWorld.PathOf(republic.Jonas, $"/{id}");
        await republic.Jonas.Api.PutAsync(path, new { name, description = name });
        await republic.Jonas.Api.PostAsync($"{path}/versions", new { mapping = new { prompt = column, answer = "answer" } });
        await DatasetWorld.EndOfAsync(republic.Jonas, id);
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Jonas);
        foreach (var page in new[] { "/datasets", $"/datasets/{id}", $"/datasets/{id}/rows", $"/datasets/{id}/columns" })
        {
            await tab.GoAsync(page);
            if (page.EndsWith(id, StringComparison.Ordinal))
            {
                await tab.Page.GetByText("Delete this dataset").ClickAsync();
                await Expect(tab.Page.GetByText("The question is in")).ToContainTextAsync(column);
            }

            foreach (var width in new[] { 320, 390, 1280 })
            {
                await tab.Page.SetViewportSizeAsync(width, 800);
                Assert.True(
                    await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
                    $"{page} scrolls sideways at {width} px."
                );
            }

            await tab.AssertAccessibleAsync();
        }
    }

    [Fact]
    public async Task A_name_that_turns_the_letters_around_turns_nothing_but_itself()
    {
        const string Name = "rows \u202Elnosj.exe";
        var dataset = await DatasetWorld.MakeAsync(republic.Ada, DatasetWorld.Pairs(3));
        var id = dataset["id"]!.GetValue<string>();
        await republic.Ada.Api.PutAsync(DatasetWorld.PathOf(republic.Ada, $"/{id}"), new { name = Name });
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Ada);
        await tab.GoAsync("/datasets/new");
        await tab.Page.GetByLabel("Choose files").SetInputFilesAsync(SampleRows.File("bill\u202Egpj.csv", "a,b,c\n1,2,3\n"));
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Columns of billgpj.csv", Exact = true })).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("#uploads [data-name]")).ToHaveTextAsync("billgpj.csv");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Leave it out" }).ClickAsync();
        await Expect(tab.Page.Locator("#uploads li")).ToHaveCountAsync(0);
        foreach (var page in new[] { "/datasets", $"/datasets/{id}", $"/datasets/{id}/rows", $"/datasets/{id}/columns" })
        {
            await tab.GoAsync(page);
            await Expect(tab.Page.Locator("main bdi", new() { HasText = "lnosj.exe" }).First).ToBeVisibleAsync();
            Assert.DoesNotContain("\u202E", await tab.Page.TitleAsync(), StringComparison.Ordinal);
            Assert.False(
                await tab.Page.EvaluateAsync<bool>(
                    """
                    () => { const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                      for (let text; (text = all.nextNode());) if (text.data.includes("\u202e") && !text.parentElement.closest("bdi, textarea")) return true;
                      return false; }
                    """
                ),
                $"{page} shows the name outside of an element that keeps it apart."
            );
        }
    }

    [Fact]
    public async Task A_dataset_without_a_usable_row_says_so_on_every_page()
    {
        var dataset = await DatasetWorld.MakeAsync(republic.Mira, "{\"a\": 1}\n{cut\n"u8.ToArray(), "nothing.jsonl");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Mira);
        await tab.GoAsync("/datasets");
        await Expect(tab.Page.Locator("#datasets tbody")).ToContainTextAsync("Unusable");
        foreach (
            var (page, said) in new[]
            {
                ("", "None of the 2 rows is usable. 2 are malformed."),
                ("/rows", "No row of the source can be used."),
                ("/duplicates", "No row repeats another"),
                ("/statistics", "No rows to count"),
                ("/versions", "reading the upload"),
            }
        )
        {
            await tab.GoAsync($"/datasets/{dataset["id"]}{page}");
            await Expect(tab.Page.GetByRole(AriaRole.Main)).ToContainTextAsync(said);
            await (page is "" or "/versions" ? tab.AssertPleasantAsync() : tab.AssertAccessibleAsync());
        }
    }
}
