using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>How rows come in.</summary>
public sealed class DatasetUploadTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task Several_files_become_several_datasets_and_the_list_follows_the_work()
    {
        var person = await republic.NewPersonAsync("Many");
        await using var tab = await OpenAsync(person, "/datasets");
        await tab
            .Page.GetByLabel("Choose files")
            .SetInputFilesAsync([
                SampleRows.File("one.jsonl", SampleRows.Mixed()),
                SampleRows.File(
                    "two.json",
                    "[{\"instruction\": \"Name a colour that is warm\", \"output\": \"Red, orange and yellow are warm.\"}]"
                ),
                SampleRows.File("notes.docx", "not a dataset"),
            ]);
        await Expect(Row(tab, "one")).ToContainTextAsync("Ready");
        await Expect(Row(tab, "one")).ToContainTextAsync("26");
        await Expect(Row(tab, "two")).ToContainTextAsync("alpaca");
        await Expect(tab.Page.Locator("#uploads")).ToContainTextAsync("“notes.docx” is left out");
        await Expect(tab.Page.Locator("#datasets-head")).ToContainTextAsync("27 usable rows in 2 datasets.");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_dropped_folder_is_taken_with_the_folders_in_it()
    {
        var person = await republic.NewPersonAsync("Dropper");
        await using var tab = await OpenAsync(person, "/datasets");
        // A browser lets no script make a folder: the drop carries entries that answer as a folder's do.
        await tab.Page.EvaluateAsync(
            """
            () => {
              const file = (name) => ({ isFile: true, name, file: (done) => done(new File(['{"prompt": "Which number is this file?", "completion": "It is ' + name + '."}\n'], name + ".jsonl")) });
              const folder = (name, ...inside) => ({ isFile: false, name, createReader: () => { const batches = [inside, []]; return { readEntries: (done) => done(batches.shift()) }; } });
              const drop = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: new DataTransfer() });
              Object.defineProperty(drop, "dataTransfer", { value: { types: ["Files"], items: [{ webkitGetAsEntry: () => folder("rows", file("one"), folder("more", file("two"), file(".no")), folder(".git", file("three"))) }] } });
              document.body.dispatchEvent(drop);
            }
            """
        );
        await Expect(Row(tab, "one")).ToContainTextAsync("Ready");
        await Expect(Row(tab, "two")).ToContainTextAsync("Ready");
        await Expect(tab.Page.Locator("#datasets tbody tr")).ToHaveCountAsync(2);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_table_asks_which_column_is_what_and_shows_the_rows_that_come_of_it()
    {
        await using var tab = await OpenAsync(republic.Jonas, "/datasets/new");
        var dialog = await ChooseTableAsync(tab);
        await tab.AssertPleasantAsync();
        await dialog.GetByLabel("Question", new() { Exact = true }).SelectOptionAsync("the customer");
        await dialog.GetByLabel("Answer", new() { Exact = true }).SelectOptionAsync("our desk");
        await Expect(dialog.Locator(".sample").First).ToContainTextAsync("Where; please, is order 1?");
        await tab.AssertAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Expect(tab.Page.GetByText("All 8 rows are usable.")).ToBeVisibleAsync();

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Change columns" }).ClickAsync();
        await Expect(tab.Page.GetByLabel("Question", new() { Exact = true })).ToHaveValueAsync("the customer");
        await tab.AssertPleasantAsync();
        await tab.Page.GetByLabel("Below the question").SelectOptionAsync("id");
        await Expect(tab.Page.Locator(".sample").First).ToContainTextAsync("is order 1?\n1");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "as version 2" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Versions 2" })).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_table_that_is_left_out_is_not_uploaded()
    {
        var person = await republic.NewPersonAsync("Doubter");
        await using var tab = await OpenAsync(person, "/datasets");
        var dialog = await ChooseTableAsync(tab);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Leave it out" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.GetByText("No datasets yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_file_that_cannot_be_taken_says_why_and_can_be_forgotten()
    {
        await using var tab = await OpenAsync(republic.Ada, "/datasets/new");
        await tab.Page.GetByLabel("Choose files").SetInputFilesAsync(SampleRows.File("packed.jsonl", "PK\u0003\u0004 and so on"));
        var upload = tab.Page.Locator("#uploads li");
        await Expect(upload).ToContainTextAsync("zip archive");
        await tab.AssertAccessibleAsync();
        // It would be a zip archive the next time too.
        await Expect(upload.GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToHaveCountAsync(0);
        await upload.GetByRole(AriaRole.Button, new() { Name = "Forget packed.jsonl" }).ClickAsync();
        await Expect(upload).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_upload_whose_connection_broke_off_can_be_tried_again()
    {
        var person = await republic.NewPersonAsync("Severed");
        await using var tab = await OpenAsync(person, "/datasets/new");
        await tab.Page.RouteAsync("**/training-datasets", route => route.AbortAsync());
        await tab.Page.GetByLabel("Choose files").SetInputFilesAsync(SampleRows.File("again.jsonl", SampleRows.Mixed()));
        var upload = tab.Page.Locator("#uploads li");
        await Expect(upload).ToContainTextAsync("Nothing of the file was kept.");
        await tab.Page.UnrouteAllAsync();
        await upload.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "again" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_upload_says_how_far_it_is_and_leaves_nothing_when_it_is_cancelled()
    {
        var person = await republic.NewPersonAsync("Canceller");
        await using var tab = await OpenAsync(person, "/datasets");
        var network = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        var slow = new Dictionary<string, object>
        {
            ["offline"] = false,
            ["latency"] = 0,
            ["downloadThroughput"] = -1,
            ["uploadThroughput"] = 500_000,
        };
        await network.SendAsync("Network.enable");
        await network.SendAsync("Network.emulateNetworkConditions", slow);
        await tab
            .Page.GetByLabel("Choose files")
            .SetInputFilesAsync(SampleRows.File("slow.jsonl", string.Concat(Enumerable.Repeat(SampleRows.Mixed(), 800))));
        var upload = tab.Page.Locator("#uploads li");
        await Expect(upload.GetByRole(AriaRole.Status)).ToContainTextAsync("left");
        await Expect(upload.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await upload.GetByRole(AriaRole.Button, new() { Name = "Cancel slow.jsonl" }).ClickAsync();
        await Expect(upload).ToHaveCountAsync(0);
        var datasets = Directory.GetDirectories(Path.Combine(republic.DataFolder, "datasets"));
        await Until.TrueAsync(() => !datasets.Any(folder => File.Exists(Path.Combine(folder, "source.part"))));
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.GetByText("No datasets yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Rows_are_pasted_and_typed()
    {
        await using var tab = await OpenAsync(republic.Mira, "/datasets/new");
        await tab
            .Page.GetByLabel("Rows", new() { Exact = true })
            .FillAsync("question,answer\nWhat is a LoRA adapter?,A small set of weights beside the model's own.\n");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make dataset" }).First.ClickAsync();
        await Expect(tab.Page.GetByText("The one row is usable.")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Pasted rows" })).ToBeVisibleAsync();

        await tab.GoAsync("/datasets/new");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Another row" }).ClickAsync();
        await tab.Page.GetByLabel("Question").Nth(0).FillAsync("How do pirates greet each other?");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make dataset" }).Last.ClickAsync();
        await Expect(tab.Page.GetByText("A row has both, a question and its answer.")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByLabel("Answer").Nth(0).FillAsync("With a hearty ahoy, whatever the weather.");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make dataset" }).Last.ClickAsync();
        await Expect(tab.Page.GetByText("The one row is usable.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_scripts_a_file_goes_up_and_its_rows_are_dropped_and_saved()
    {
        await using var tab = await browser.OpenAsync(republic.Address, javaScript: false);
        await tab.SignInAsync(republic.Jonas);
        await tab.GoAsync("/datasets/new");
        await tab.Page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(SampleRows.File("plain.jsonl", SampleRows.Mixed()));
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        // The page asks again by itself until the work is done.
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Versions 1" })).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Rows 26" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Drop" }).First.ClickAsync();
        await Expect(tab.Page.Locator(".sample").First).ToContainTextAsync("to be dropped");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save as version 2" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Versions 2" })).ToBeVisibleAsync();

        await tab.GoAsync("/datasets/new");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose a file first.");
    }

    private async Task<Tab> OpenAsync(Inhabitant person, string path)
    {
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }

    private static async Task<ILocator> ChooseTableAsync(Tab tab)
    {
        await tab.Page.GetByLabel("Choose files").SetInputFilesAsync(SampleRows.File("desk.csv", SampleRows.Table()));
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Columns of desk.csv");
        return dialog;
    }

    private static ILocator Row(Tab tab, string name) =>
        tab.Page.GetByRole(AriaRole.Row).Filter(new() { Has = tab.Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }) });
}
