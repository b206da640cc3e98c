using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>A minion at a provider that is given a style and a collection: from the form to its version.</summary>
public sealed class HybridRunPagesTests(FinishedRun finished, Browser browser) : IClassFixture<FinishedRun>
{
    private readonly TrainedWorld world = finished.World;

    [Fact]
    public async Task A_hybrid_run_is_chosen_and_started()
    {
        await using var vendor = new FakeVendor();
        var person = await world.NewPersonAsync("Hybrid");
        var minion = await person.NewMinionAsync("clerk", vendor);
        await using var judges = new FakeVendor();
        var judge = new FakeJudge(_ => 70);
        judges.AnswersTo(asked => judge.Reply(asked.LastMessage!));
        var judging = await person.NewMinionAsync("judge", judges);
        var dataset = await TrainingWorld.NewDatasetAsync(person, 12);
        var guide = await PlantedCollections.NewAsync(world, person, "Boiler guide", KnowledgeRuns.Guide);
        await using var tab = await browser.OpenAsync(world.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/training/new?minion={minion.Id}");
        var page = tab.Page;

        await page.Locator("#fold-method > summary").ClickAsync();
        await Expect(page.GetByText("Persona tuning: the system prompt is written.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Manner and knowledge." }).CheckAsync();
        await Expect(page.GetByText("Style adapter: weights are trained, on sprout.")).ToBeVisibleAsync();
        await page.GetByLabel("Name of the run").FillAsync("Ship and boiler");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Boiler guide 1 passage" }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "12 rows" }).CheckAsync();
        await page.Locator("#fold-lora > summary").ClickAsync();
        await page.GetByLabel("Epochs").FillAsync("1");
        await page.GetByLabel("Rank").FillAsync("4");
        await page.GetByLabel("Replay").FillAsync("0");
        await page.Locator("#fold-measure > summary").ClickAsync();
        await Expect(page.Locator("#judge-note")).ToContainTextAsync("Judge grades the answers with");
        await Expect(page.Locator("#judge-note")).ToContainTextAsync("Nothing leaves this machine.");
        await ChooseJudgeAsync(page, judging.Id.ToString());
        await page.GetByLabel("Repeats").FillAsync("1");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Always." }).CheckAsync();
        await tab.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await tab.ArriveAsync("/training/[0-9a-f-]{36}$");

        var run = Guid.Parse(page.Url[^36..]);
        await TrainingWorld.StopAsync(person, run);
        var made = await TrainingWorld.JobAsync(person, run);
        var config = made["config"]!;
        Assert.Equal(
            ("Ship and boiler", "hybrid", "style"),
            ((string)made["job_name"]!, (string)made["training_type"]!, (string)made["method"]!)
        );
        Assert.Equal(
            ("sprout", judging.Id, "always"),
            ((string)config["base_model"]!, (Guid)config["judge_minion_id"]!, (string)config["promote"]!)
        );
        Assert.Equal(1, (int)config["repeats"]!);
        Assert.Equal((1, 4, 0.0), ((int)config["lora"]!["epochs"]!, (int)config["lora"]!["rank"]!, (double)config["lora"]!["replay"]!));
        Assert.Equal([guide], made["collection_ids"]!.AsArray().Select(id => (Guid)id!));
        Assert.Equal([dataset], made["dataset_ids"]!.AsArray().Select(id => (Guid)id!));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Its_report_is_read_and_it_is_found_in_its_version()
    {
        var run = finished.Template.Style;
        await using var tab = await browser.OpenAsync(world.Address);
        await tab.SignInAsync(world.Ada);
        await tab.GoAsync($"/training/{run.Job}");
        var page = tab.Page;

        await Expect(page.Locator("#h-gate")).ToBeVisibleAsync();
        await page.Locator("#why > summary").ClickAsync();
        await Expect(page.Locator("#report")).ToContainTextAsync("Style adapter");
        await Expect(page.Locator("#report")).ToContainTextAsync("Boiler guide, 1 passage");
        await page.GetByText("How it was made").First.ClickAsync();
        await Expect(page.Locator(".pair .facts").First).ToContainTextAsync("sprout");
        var held = page.Locator("details.held-out");
        await Expect(held.Locator(".pair").First).ToBeHiddenAsync();
        await held.Locator("> summary").ClickAsync();
        await held.Locator(".pair > summary").First.ClickAsync();
        await Expect(held.GetByRole(AriaRole.Heading, new() { Name = "After, 70 points" }).First).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Version 1", Exact = true }).ClickAsync();
        await tab.ArriveAsync($"/models/{run.MinionId}/versions/1$");
        await Expect(page.GetByText("Style adapter on sprout")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Boiler guide" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        Assert.Empty(tab.Complaints);
    }

    /// <summary>Takes the judge away and gives another, while the form says what that means.</summary>
    private static async Task ChooseJudgeAsync(IPage page, string judge)
    {
        await page.GetByLabel("Judge").SelectOptionAsync("");
        await Expect(page.Locator("#judge-note")).ToContainTextAsync("Nobody grades the answers.");
        await Expect(page.Locator("#judge-foot")).ToContainTextAsync("Nobody grades the answers.");
        await page.GetByLabel("Judge").SelectOptionAsync(judge);
        await Expect(page.Locator("#judge-foot")).ToContainTextAsync("Judge grades the answers with");
    }
}
