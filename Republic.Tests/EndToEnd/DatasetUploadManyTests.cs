using System.Net;
using System.Text;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>Several files at once, tables among them, and what must not be lost meanwhile.</summary>
public sealed class DatasetUploadManyTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    private const string Row = """{"prompt": "Where is the north gate?", "completion": "Behind the mill, on the left side."}""";

    [Fact]
    public async Task Every_file_of_several_goes_up_while_tables_are_asked_about_one_after_another()
    {
        await using var tab = await OpenAsync("Librarian");
        await ChooseAsync(
            tab,
            SampleRows.File("three.jsonl", Row),
            Table("desk.csv", "a"),
            Table("shop.csv", "b"),
            SampleRows.File("notes.docx", "no")
        );
        await Expect(Upload(tab, "three.jsonl")).ToContainTextAsync("Uploaded.");
        await ChooseAsync(tab, Table("later.csv", "c"));

        foreach (var (name, mark) in new[] { ("desk.csv", "a"), ("shop.csv", "b"), ("later.csv", "c") })
        {
            var dialog = tab.Page.GetByRole(AriaRole.Dialog);
            await Expect(dialog).ToContainTextAsync($"Columns of {name}");
            await Expect(dialog).ToContainTextAsync("does not become a row");
            await tab.AssertPleasantAsync();
            await SelectAsync(dialog, "Question", $"{mark}1");
            await SelectAsync(dialog, "Answer", $"{mark}2");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
            await Expect(Upload(tab, name)).ToContainTextAsync("Uploaded.");
        }

        await Expect(tab.Page.Locator("#uploads")).ToContainTextAsync("“notes.docx” is left out");
        await tab.AssertAccessibleAsync();
        await Upload(tab, "shop.csv").GetByRole(AriaRole.Link, new() { Name = "shop.csv" }).ClickAsync();
        await Expect(tab.Page.GetByText("All 3 rows are usable.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_somebody_types_is_not_lost_when_an_upload_ends()
    {
        await using var tab = await OpenAsync("Typist");
        await tab.Page.GetByLabel("Rows", new() { Exact = true }).FillAsync("question,answer");
        await ChooseAsync(tab, SampleRows.File(".hidden.jsonl", Row));
        await Expect(Upload(tab, ".hidden.jsonl")).ToContainTextAsync("Uploaded.");
        await Expect(tab.Page.GetByLabel("Rows", new() { Exact = true })).ToHaveValueAsync("question,answer");
    }

    [Fact]
    public async Task A_page_whose_token_has_expired_takes_a_fresh_one_and_sends_again_by_itself()
    {
        await using var tab = await OpenAsync("Sleeper");
        await tab.Page.EvaluateAsync(
            """() => document.body.setAttribute("hx-headers:inherited", '{"RequestVerificationToken": "expired"}')"""
        );
        await ChooseAsync(tab, SampleRows.File("one.jsonl", Row), SampleRows.File("two.jsonl", Row));
        await Expect(Upload(tab, "one.jsonl")).ToContainTextAsync("Uploaded.");
        await Expect(Upload(tab, "two.jsonl")).ToContainTextAsync("Uploaded.");
        await tab.Page.EvaluateAsync(
            """() => document.body.setAttribute("hx-headers:inherited", '{"RequestVerificationToken": "expired"}')"""
        );
        await ChooseAsync(tab, Table("desk.csv", "a"));
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Columns of desk.csv");
    }

    [Fact]
    public async Task A_table_whose_columns_cannot_be_asked_for_is_not_sent_without_them_and_can_be_tried_again()
    {
        await using var tab = await OpenAsync("Unlucky");
        await tab.Page.RouteAsync("**/datasets/columns", route => route.AbortAsync());
        await ChooseAsync(tab, Table("desk.csv", "a"));
        await Expect(Upload(tab, "desk.csv")).ToContainTextAsync("The connection broke off.");
        await tab.Page.UnrouteAllAsync();
        await Upload(tab, "desk.csv").GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Columns of desk.csv");
    }

    [Fact]
    public async Task A_choice_of_columns_that_will_not_do_is_said_at_the_field()
    {
        await using var tab = await OpenAsync("Hasty");
        await ChooseAsync(tab, SampleRows.File("desk.csv", SampleRows.Table()));
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        var answer = dialog.GetByLabel("Answer", new() { Exact = true });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Choose the column of the question.");
        await Expect(answer).ToHaveAttributeAsync("aria-invalid", "true");
        await tab.AssertAccessibleAsync();
        await SelectAsync(dialog, "Question", "our desk");
        await SelectAsync(dialog, "Answer", "our desk");
        await Expect(dialog).ToContainTextAsync("This column is the question.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Expect(answer).ToBeFocusedAsync();
        await Expect(dialog.Locator(".sample")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_table_in_UTF_16_is_refused_before_it_is_sent_and_by_the_API_with_the_same_words()
    {
        const string Said = "This file is UTF-16. Save it as UTF-8, and upload it again.";
        await using var tab = await OpenAsync("Sixteen");
        byte[] content = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("question,answer\nWho?,Me.\n")];
        await ChooseAsync(tab, Bytes("wide.csv", content), Bytes("bare.csv", content[2..]));
        await Expect(Upload(tab, "wide.csv")).ToContainTextAsync(Said);
        await Expect(Upload(tab, "bare.csv")).ToContainTextAsync(Said);
        await ChooseAsync(tab, Bytes("packed.jsonl", [0x50, 0x4B, 0x03, 0x04, 0, 0]));
        await Expect(Upload(tab, "packed.jsonl")).ToContainTextAsync("This is a zip archive.");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToHaveCountAsync(0);
        using var form = DatasetWorld.Form(("wide.csv", content));
        var (status, body) = await DatasetWorld.SendAsync(republic.Ada, form);
        Assert.Equal((HttpStatusCode.BadRequest, Said), (status, body["detail"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_table_without_columns_to_choose_from_says_why_on_their_page()
    {
        var table = Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 1001)) + "\n");
        var dataset = await DatasetWorld.MakeAsync(republic.Jonas, table, "broad.csv");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Jonas);
        await tab.GoAsync($"/datasets/{dataset["id"]}/columns");
        await Expect(tab.Page.GetByText("The table has more than 1,000 columns.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_column_whose_name_another_has_too_is_not_taken_and_one_without_a_name_not_offered()
    {
        await using var tab = await OpenAsync("Twin");
        await ChooseAsync(tab, SampleRows.File("twice.csv", ",question,answer,answer,reply\n1,Where is it?,Left.,Right.,Here.\n"));
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("More than one column is called so.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Expect(dialog.GetByLabel("Answer", new() { Exact = true })).ToBeFocusedAsync();
        await Expect(dialog.GetByLabel("Question", new() { Exact = true }).Locator("option"))
            .ToHaveTextAsync(["Choose a column", "question", "answer", "reply"]);
        await SelectAsync(dialog, "Answer", "reply");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await tab.ArriveAsync("/datasets/[0-9a-f-]{36}");
        await Expect(tab.Page.GetByText("The one row is usable.")).ToBeVisibleAsync();
    }

    private async Task<Tab> OpenAsync(string name)
    {
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(await republic.NewPersonAsync(name));
        await tab.GoAsync("/datasets/new");
        return tab;
    }

    private static Task ChooseAsync(Tab tab, params FilePayload[] files) => tab.Page.GetByLabel("Choose files").SetInputFilesAsync(files);

    private static Task SelectAsync(ILocator dialog, string label, string column) =>
        dialog.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(column);

    private static ILocator Upload(Tab tab, string name) => tab.Page.Locator("#uploads li").Filter(new() { HasText = name });

    private static FilePayload Bytes(string name, byte[] content) =>
        new()
        {
            Name = name,
            MimeType = "text/csv",
            Buffer = content,
        };

    /// <summary>A table whose columns are called by a mark of its own, so that it is asked about for itself.</summary>
    private static FilePayload Table(string name, string mark) =>
        SampleRows.File(
            name,
            $"{mark}1,{mark}2\n"
                + string.Concat(
                    Enumerable.Range(1, 3).Select(i => $"Where is {mark} order {i * 7}?,It lies in row {i * 31} of hall {i + 4}.\n")
                )
        );
}
