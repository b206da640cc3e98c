using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Republic.Core.Datasets;
using Republic.Core.Events;
using Republic.Core.Jobs;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>What a person does with a dataset once it is here.</summary>
public sealed class DatasetPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task From_the_upload_to_the_versions()
    {
        await using var tab = await OpenAsync(republic.Jonas, "/datasets/new");
        var dataset = await UploadAsync(tab, "support.jsonl", SampleRows.Mixed());
        var page = tab.Page;
        await Expect(page.Locator(".page-head p").Last)
            .ToHaveTextAsync("26 usable of 34 rows. 3 are malformed, 3 repeat earlier ones and 2 are too short or too long.");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "31" })).ToContainTextAsync("not JSON");
        await Expect(page.Locator("tfoot")).ToContainTextAsync("34");

        await page.GetByRole(AriaRole.Link, new() { Name = "Repeats 3" }).ClickAsync();
        await Expect(page.GetByText("Lines 26, 27: the same, character by character.")).ToBeVisibleAsync();
        await Expect(page.Locator(".said ins")).ToHaveTextAsync("Thanks");
        await page.GetByRole(AriaRole.Link, new() { Name = "Rejected 5" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "31" })).ToContainTextAsync("{\"prompt\": \"What is\" missing}");

        await page.GetByRole(AriaRole.Link, new() { Name = "Rows 26" }).ClickAsync();
        await page.GetByLabel("Search rows").FillAsync("PARCEL");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".sample mark")).ToHaveTextAsync("parcel");
        await Expect(page.Locator(".sample")).ToContainTextAsync("<b>Tomorrow</b>");
        await page.Locator(".sample").GetByText("Edit", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Answer" }).FillAsync("It left this morning. Today you have it.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep this text" }).ClickAsync();
        await Expect(page.Locator(".waiting-bar")).ToContainTextAsync("1 change waits.");
        await page.GotoAsync($"{dataset}/rows");
        await page.Locator(".sample").First.GetByRole(AriaRole.Button, new() { Name = "Drop" }).ClickAsync();
        await Expect(page.Locator(".waiting-bar")).ToContainTextAsync("1 row edited, 1 row dropped");
        await Expect(page.Locator(".waiting-bar")).ToBeInViewportAsync();
        await SaveAsync(tab, 2);
        await Expect(page.Locator("tbody")).ToContainTextAsync(["Dropped by you"]);

        await page.GetByRole(AriaRole.Link, new() { Name = "Thresholds" }).ClickAsync();
        await page.GetByLabel("Alike enough to be a repeat").FillAsync("0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show effect" }).ClickAsync();
        await Expect(page.Locator("#t-effect")).ToContainTextAsync("more row");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as version 3" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Versions 3" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Versions 3" }).ClickAsync();
        await Expect(page.GetByText("alike 0.7 → 0")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Row, new() { Name = "Version 2" })
            .GetByRole(AriaRole.Link, new() { Name = "What changed" })
            .ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "From version 1 to 2: 1 row changed, 1 row gone" }))
            .ToBeVisibleAsync();
        await Expect(page.Locator(".said del").First).ToContainTextAsync("<b>Tomorrow</b>");

        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = "Download version 2" }).ClickAsync()
        );
        Assert.Equal(25, (await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken)).Length);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task An_edit_that_cannot_be_a_row_says_why_and_keeps_what_was_typed()
    {
        await using var tab = await OpenAsync(republic.Ada, "/datasets/new");
        var dataset = await UploadAsync(tab, "edit.jsonl", SampleRows.Mixed());
        await tab.GoAsync($"{dataset}/rows?q=parcel");
        var row = tab.Page.Locator(".sample");
        await row.GetByText("Edit", new() { Exact = true }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Textbox, new() { Name = "Question" }).FillAsync("Where is it?");
        await tab.Page.GetByRole(AriaRole.Textbox, new() { Name = "Answer" }).FillAsync("");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Keep this text" }).ClickAsync();
        await Expect(row.GetByRole(AriaRole.Alert)).ToContainTextAsync("empty");
        await Expect(tab.Page.GetByRole(AriaRole.Textbox, new() { Name = "Question" })).ToHaveValueAsync("Where is it?");
        await Expect(tab.Page.Locator(".waiting-bar")).ToHaveCountAsync(0);
        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_dropped_row_is_taken_back_and_thresholds_that_cannot_be_say_so()
    {
        await using var tab = await OpenAsync(republic.Mira, "/datasets/new");
        var dataset = await UploadAsync(tab, "undo.jsonl", SampleRows.Mixed());
        await tab.GoAsync($"{dataset}/rows");
        var first = tab.Page.Locator(".sample").First;
        await first.GetByRole(AriaRole.Button, new() { Name = "Drop" }).ClickAsync();
        await Expect(first).ToContainTextAsync("to be dropped");
        var undo = first.GetByRole(AriaRole.Button, new() { Name = "Undo" });
        await Expect(undo).ToBeFocusedAsync();
        await tab.Page.ReloadAsync();
        await Expect(first).ToContainTextAsync("to be dropped");
        await undo.FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(first.GetByText("to be dropped")).ToHaveCountAsync(0);
        await Expect(first.GetByRole(AriaRole.Button, new() { Name = "Drop" })).ToBeFocusedAsync();
        await Expect(tab.Page.Locator(".waiting-bar")).ToHaveCountAsync(0);

        await tab.GoAsync($"{dataset}/thresholds");
        await tab.Page.GetByLabel("Alike enough to be a repeat").FillAsync("0.2");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Show effect" }).ClickAsync();
        await Expect(tab.Page.GetByText("0.5 to 1 is possible")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByLabel("Alike enough to be a repeat")).ToHaveValueAsync("0.2");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Work_under_way_is_followed_survives_a_reload_and_can_be_cancelled()
    {
        await using var tab = await OpenAsync(republic.Jonas, "/datasets/new");
        var dataset = await UploadAsync(tab, "slow.jsonl", SampleRows.Mixed());
        var id = Guid.Parse(dataset.Split('/')[^1]);
        var job = await WorkOnAsync(republic.Jonas.Id, id);

        await tab.GoAsync(dataset);
        var work = tab.Page.GetByRole(AriaRole.Region, new() { Name = "Progress" });
        await Expect(work).ToContainTextAsync("42 % about 58 s left");
        await Expect(work).ToContainTextAsync("Checking rows · 420 rows, 4.2 kB of 10 kB.");
        await tab.AssertAccessibleAsync();
        await tab.Page.ReloadAsync();
        await Expect(work).ToContainTextAsync("42 %");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Rows 26" }).ClickAsync();
        await Expect(tab.Page.GetByText("A next version is being made.")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Drop" })).ToHaveCountAsync(0);

        await tab.GoAsync(dataset);
        await Expect(work).ToContainTextAsync("42 %");
        await republic.QueryAsync(db =>
            db.Jobs.Where(j => j.Id == job)
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.Progress, 0.9), TestContext.Current.CancellationToken)
        );
        republic.Services.GetRequiredService<LiveEvents>().Publish(republic.Jonas.Id, new LiveEvent("dataset.progress", id, null));
        await Expect(work).ToContainTextAsync("90 %");
        await work.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(work).ToHaveCountAsync(0);
        await Expect(tab.Page.Locator(".page-head")).ToContainTextAsync("26 usable of 34 rows.");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task It_is_renamed_and_deleted_for_good()
    {
        await using var tab = await OpenAsync(republic.Ada, "/datasets/new");
        var dataset = await UploadAsync(tab, "old.jsonl", SampleRows.Mixed());
        await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Help desk");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Help desk" })).ToBeVisibleAsync();
        await tab.Page.GetByText("Delete this dataset").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete Help desk" }).ClickAsync();
        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("Help desk is deleted.");
        await tab.ArriveAsync("/datasets$");
        await tab.GoAsync(dataset);
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "old" })).ToHaveCountAsync(0);
    }

    /// <summary>A job on a dataset that somebody elsewhere is busy with, 42 % of it done in 42 seconds.</summary>
    private Task<Guid> WorkOnAsync(Guid owner, Guid dataset) =>
        republic.QueryAsync(async db =>
        {
            // Its last sign of life lies ahead, so that for as long as the test runs no node takes it for dead and does it itself.
            var now = TimeProvider.System.GetUtcNow().AddMinutes(10);
            var job = new Job
            {
                OwnerId = owner,
                Kind = "dataset",
                Subject = dataset,
                Status = JobStatus.Running,
                Node = "elsewhere",
                Epoch = 1,
                Progress = 0.42,
                Phase = "Checking rows",
                Detail = JsonSerializer.Serialize(new DatasetProgress(420, 4_300, 10_240)),
                CreatedAt = now,
                StartedAt = now.AddSeconds(-42),
                HeartbeatAt = now,
            };
            db.Jobs.Add(job);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            await db
                .Datasets.Where(d => d.Id == dataset)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.JobId, job.Id), TestContext.Current.CancellationToken);
            return job.Id;
        });

    private async Task<Tab> OpenAsync(Inhabitant person, string path)
    {
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }

    /// <summary>Uploads a file as a person would, and waits until its rows are read. The address of the dataset.</summary>
    private static async Task<string> UploadAsync(Tab tab, string name, string text)
    {
        await tab.Page.GetByLabel("Choose files").SetInputFilesAsync(SampleRows.File(name, text));
        await tab.ArriveAsync("/datasets/[0-9a-f-]{36}$");
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Versions 1" })).ToBeVisibleAsync();
        return new Uri(tab.Page.Url).AbsolutePath;
    }

    private static async Task SaveAsync(Tab tab, int version)
    {
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = $"Save as version {version}" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = $"Versions {version}" })).ToBeVisibleAsync();
    }
}
