using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>A report as a person reads it, in each of its states.</summary>
public sealed partial class VerdictPagesTests(SharedRepublic world, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task One_that_is_better_says_by_how_much_what_it_kept_and_what_speaks_against_it()
    {
        var (person, minion, planted) = await NewAsync("Better");
        await using var tab = await OpenAsync(person, $"/training/{await planted.BetterAsync(minion)}");
        var page = tab.Page;

        await Expect(page.Locator("#h-gate")).ToHaveTextAsync("Closer to your rows by 0.41; kept 57 of 60 answers");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("Better by more than chance, and made live as version 5.");
        await Expect(page.Locator(".verdict").GetByText("+312 XP")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Roll back to version 4" })).ToBeVisibleAsync();
        await Expect(page.Locator("#why > summary")).ToContainTextAsync("2 warnings");
        await page.Locator("#why > summary").ClickAsync();
        var warnings = page.GetByRole(AriaRole.List, new() { Name = "Warnings" }).GetByRole(AriaRole.Listitem);
        await Expect(warnings).ToHaveCountAsync(2);
        await Expect(warnings.Nth(0)).ToContainTextAsync("Nobody graded the answers.");
        await Expect(warnings.Nth(1)).ToContainTextAsync("The answers of your 118 rows fall into 31 groups of nearly equal ones.");
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "57 of 60 answers kept, 3 lost" })).ToBeVisibleAsync();
        await Expect(page.Locator(".seats-hall circle")).ToHaveCountAsync(60);
        await Expect(page.Locator(".seats-hall circle.lost")).ToHaveCountAsync(3);
        await Expect(page.Locator(".checks > li[data-tone='good']")).ToHaveCountAsync(2);
        await Expect(page.Locator(".honour").GetByText("+312 XP")).ToBeVisibleAsync();
        await Expect(page.GetByText("weighed by how far the loss of rows it never saw fell: 21.1 %")).ToBeVisibleAsync();
        await Expect(page.Locator("#report")).Not.ToContainTextAsync(AScore());
        await Expect(page.GetByText("1 kept by it, and 56 by their words alone")).ToBeVisibleAsync();
        await Expect(page.GetByText("Your chats are kept here on the computer.")).ToBeHiddenAsync();
        await page.GetByText("kept by its meaning in 2 tries").ClickAsync();
        await Expect(page.GetByText("Your chats are kept here on the computer.")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await warnings.Nth(0).GetByRole(AriaRole.Link, new() { Name = "Choose a judge" }).ClickAsync();
        await Expect(page.GetByText("Data and most settings are those of")).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task One_whose_rows_teach_no_answers_is_no_better_and_says_why()
    {
        var (person, minion, planted) = await NewAsync("Parrot");
        await using var tab = await OpenAsync(person, $"/training/{await planted.IgnoringAsync(minion)}");
        var page = tab.Page;

        await Expect(page.Locator("#h-gate"))
            .ToHaveTextAsync("No better: what it learned does not depend on what is asked; kept 60 of 60 answers");
        await Expect(page.Locator(".report-next")).ToContainTextAsync("Check that each answer is in the same row as its own question");
        await page.Locator("#why > summary").ClickAsync();
        // An interval that holds no effect is neither good nor bad; it is not enough for a better version.
        await Expect(page.Locator(".checks > li[data-tone='none']", new() { HasText = "Answers depend on their questions" }))
            .ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task One_that_forgot_is_not_live_shows_what_it_lost_and_which_rows_to_add()
    {
        var (person, minion, planted) = await NewAsync("Forgot");
        var run = await planted.ForgotAsync(minion);
        await using var tab = await OpenAsync(person, $"/training/{run}");
        var page = tab.Page;

        await Expect(page.Locator("#h-gate")).ToHaveTextAsync("Not made live: it forgot 29 of 60 answers");
        await Expect(page.GetByText("stays on version 4.")).ToBeVisibleAsync();
        await Expect(page.Locator(".checks > li[data-tone='bad']")).ToHaveCountAsync(2);
        await Expect(page.Locator(".seats-hall circle.lost[data-tone='bad']")).ToHaveCountAsync(29);
        await Expect(page.Locator(".judge > li")).ToHaveCountAsync(29);
        await Expect(page.Locator("#lost-0")).ToBeVisibleAsync();
        await Expect(page.Locator("#lost-3")).ToBeHiddenAsync();
        await page.Locator("#more-lost > summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#lost-28")).ToBeVisibleAsync();
        // An answer that came apart is as good in nobody's eyes.
        await Expect(page.Locator("#lost-2 button")).ToHaveCountAsync(1);
        await tab.AssertAccessibleAsync();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Train again and keep these 19" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Upload more rows" })).ToHaveCountAsync(0);
        await page.Locator("#why > summary").ClickAsync();
        await Expect(page.GetByText("No XP: nothing went live")).ToBeVisibleAsync();

        await tab.GoAsync("/training");
        await Expect(page.Locator($"#r-{run}")).ToContainTextAsync("Forgot");
        await tab.GoAsync($"/training/{run}");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Try this draft" }))
            .ToHaveAttributeAsync("href", $"/chats?minion={minion}&version=5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it live all the same" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use version 5" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToContainTextAsync("answers as version 5 now.");
        await tab.GoAsync($"/training/{run}");
        await Expect(page.Locator("#h-gate")).ToHaveTextAsync("Live all the same: it forgot 29 of 60 answers");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("It was made live by hand since.");
        await tab.GoAsync("/training");
        await Expect(page.Locator($"#r-{run}")).ToContainTextAsync("version 5 is live");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task One_whose_lost_answers_are_as_good_may_go_live_and_every_page_says_that_it_was_judged()
    {
        var (person, minion, planted) = await NewAsync("Judging");
        var run = await planted.LostAsync(minion);
        await using var tab = await OpenAsync(person, $"/training/{run}");
        var page = tab.Page;
        await Expect(page.Locator("#h-gate")).ToHaveTextAsync("Not made live: it forgot 28 of 228 answers");
        await Expect(page.Locator(".tally")).ToHaveTextAsync("None judged: 200 of 228 kept, 206 needed");

        // Where answers are judged there is nothing of its own to read.
        await tab.GoAsync($"/training/{run}/lost");
        await tab.AssertAccessibleAsync();
        await page.Locator("#more-lost > summary").ClickAsync();
        for (var i = 0; i < 6; i++)
        {
            await page.Locator($"#good-{i}").ClickAsync();
            await Expect(page.Locator($"#good-{i}")).ToHaveAttributeAsync("aria-pressed", "true");
            await Expect(page.Locator($"#good-{i}")).ToBeFocusedAsync();
        }

        await Expect(page.Locator("#h-gate")).ToHaveTextAsync("It may go live: you found 6 of the 28 lost answers as good");
        await Expect(page.Locator(".tally")).ToHaveTextAsync("6 as good: 206 of 228 kept, 206 needed: it may go live");
        await Expect(page.Locator(".seats-hall circle.again")).ToHaveCountAsync(6);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Train again and keep the other 11" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await page.Locator("#good-5").ClickAsync();
        await Expect(page.Locator("#h-gate")).ToHaveTextAsync("Not made live: it forgot 23 of 228 answers");
        await page.Locator("#worse-6").ClickAsync();
        await Expect(page.Locator("#worse-6")).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Locator("#good-5").ClickAsync();
        await Expect(page.Locator(".report-next")).ToContainTextAsync("1 judged worse, 21 not judged.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it live", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use version 5" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToContainTextAsync("answers as version 5 now.");

        await Expect(page.GetByText("Better, as judged").First).ToBeVisibleAsync();
        await tab.GoAsync($"/training/{run}");
        await Expect(page.Locator("#h-gate")).ToHaveTextAsync("Live: you found 6 of the 28 lost answers as good");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("It was made live by hand, and earned nothing.");
        await tab.GoAsync("/training");
        await Expect(page.Locator($"#r-{run}")).ToContainTextAsync("Better, as judged");
        await tab.GoAsync($"/models/{minion}/versions/5");
        await Expect(page.GetByText("Better, as judged").First).ToBeVisibleAsync();
        await Expect(page.GetByText("since: you found 6 of the 28 lost answers as good.")).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task One_with_too_few_rows_says_so_without_colour_and_leads_to_where_more_are_uploaded()
    {
        var (person, minion, planted) = await NewAsync("Few");
        var dataset = await TrainingWorld.NewDatasetAsync(person, 31);
        await using var tab = await OpenAsync(person, $"/training/{await planted.TooFewAsync(minion, dataset)}");
        var page = tab.Page;

        await Expect(page.Locator("#h-gate")).ToHaveTextAsync("Too few to tell: 5 rows were left to measure with");
        await Expect(page.Locator(".report-next")).ToContainTextAsync("With about 380 more rows the same gain could be told from chance.");
        await page.Locator("#why > summary").ClickAsync();
        await Expect(page.Locator(".checks > li").Nth(0)).ToContainTextAsync("not with 5 rows");
        await Expect(page.Locator(".table-figures td.good, .table-figures td.bad")).ToHaveCountAsync(0);
        await Expect(page.GetByText("stays on version 4.")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Upload more rows" }).ClickAsync();
        await tab.ArriveAsync("/datasets");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Compared_runs_say_the_verdict_in_the_same_words()
    {
        var (person, minion, planted) = await NewAsync("Both");
        var other = await person.NewMinionAsync("other");
        var (one, two) = (await planted.BetterAsync(minion), await planted.ForgotAsync(other.Id));
        await using var tab = await OpenAsync(person, $"/training/compare?runs={one},{two}");

        await Expect(tab.Page.GetByText("Closer to your rows by 0.41; kept 57 of 60 answers")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("Not made live: it forgot 29 of 60 answers")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.GoAsync($"/models/{other.Id}/versions/5");
        await Expect(tab.Page.GetByText("Forgot", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("Asked again, the version before itself lost at most 4.")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
    }

    private async Task<(Inhabitant, Guid, PlantedVerdicts)> NewAsync(string name)
    {
        var person = await world.NewPersonAsync(name);
        return (person, (await person.NewMinionAsync("sprout-voice")).Id, new PlantedVerdicts(world, person));
    }

    private async Task<Tab> OpenAsync(Inhabitant person, string path)
    {
        var tab = await browser.OpenAsync(world.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }

    [GeneratedRegex("[0-9] of 100", RegexOptions.None, 1000)]
    private static partial Regex AScore();
}
