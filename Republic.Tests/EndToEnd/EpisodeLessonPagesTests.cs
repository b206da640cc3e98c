using Microsoft.Playwright;
using Republic.Tests.Unit.Episodes;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>What an episode leaves behind, on the pages of its minions.</summary>
public sealed class EpisodeLessonPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    private const string Lesson = "The reviewer wants a test for every fix.";

    [Fact]
    public async Task A_minion_proposes_what_it_learned_and_its_capability_leads_to_the_episode()
    {
        await using var vendor = new FakeVendor();
        vendor.AnswersTo(asked =>
            PlayedEpisode.IsInterview(asked) ? $$"""{"facts": [{"fact": "{{Lesson}}", "importance": 0.5}]}"""
            : PlayedEpisode.IsReviewer(asked) ? "OUTCOME: approve\nFine by me."
            : "I closed the handle."
        );
        var person = await republic.NewPersonAsync("Teacher");
        var (developer, reviewer) = (await person.NewMinionAsync("dev", vendor), await person.NewMinionAsync("rev", vendor));
        var cast = new { developer = developer.Id, reviewer = reviewer.Id };
        var episode = await PlayedEpisode.MakeAsync(person, EpisodeScenarios.CodeReview, cast);
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync("/memories");
        await episode.DoAsync("start");

        // The page shows the proposal by itself, as soon as it is made.
        await Expect(tab.Page.GetByText(Lesson)).ToBeVisibleAsync();
        await tab.Page.GetByText("Where it comes from").ClickAsync();
        await Expect(tab.Page.GetByText("Code review", new() { Exact = true })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = $"Remember “{Lesson}”", Exact = true }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "In use" })).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "from an episode" }).ClickAsync();
        await Expect(tab.Page.Locator("#episode").GetByText("It ended in “Good”: success.")).ToBeVisibleAsync();

        await tab.GoAsync($"/citizens/{reviewer.Id}");
        await tab.Page.GetByText("History of code-review").ClickAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "episode", Exact = true }).ClickAsync();
        await Expect(tab.Page.Locator("#episode")).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }
}
