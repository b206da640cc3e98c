using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>The page of an episode while it is played: its graph, its timelines, who sees what, and what is typed.</summary>
public sealed class EpisodeStageTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    private const string Words = "I closed the handle.";

    private const string Review = """
        republic: scenario/1
        name: Review with a decision
        roles: {developer: {}, reviewer: {}}
        states:
          begin: {type: start, next: [{to: explain}]}
          explain: {type: action, roles: [developer], prompts: [Explain your change.], next: [{to: review}]}
          review:
            type: action
            roles: [reviewer]
            audience: all
            prompts: [Is there a blocker?]
            next: [{to: blocker}]
          blocker:
            type: decision
            next: [{to: explain, when: 'outcome == "yes"'}, {to: good, when: 'outcome == "no"'}, {to: poor, else: true}]
          good: {type: end, result: success}
          poor: {type: end, result: failure}
        """;

    [Fact]
    public async Task Its_owner_sees_what_happened_what_comes_next_and_what_a_role_knows()
    {
        var (owner, developer) = (await republic.NewPersonAsync("Watcher"), await republic.NewPersonAsync("Author"));
        await (await SharedTask.MakeAsync(owner)).AcceptedByAsync(developer);
        var episode = await PlayedEpisode.MakeAsync(owner, Review, new { developer = developer.Id, reviewer = developer.Id });
        await episode.DoAsync("start");
        var theirs = new PlayedEpisode(developer, episode.Id);
        await theirs.DoAsync("act", new { role = "developer", text = Words });
        await theirs.DoAsync(
            "act",
            new
            {
                role = "reviewer",
                text = "It still leaks.",
                outcome = "yes",
            }
        );
        await episode.ForkAsync(new { at_seq = 1 });
        await episode.DoAsync("inject", new { text = "Mind the handle.", audience = new[] { "developer" } });
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(owner);
        await tab.GoAsync($"/episodes/{episode.Id}");

        await Expect(tab.Page.Locator(".beat").Nth(2)).ToHaveTextAsync("BlockerExplainbecause outcome == \"yes\"");
        await Expect(tab.Page.Locator(".node[aria-current]"))
            .ToHaveAttributeAsync("aria-label", "Explain action · Developer 2 times entered, now");
        await Expect(tab.Page.Locator(".edge[data-taken]")).ToHaveCountAsync(4);
        await Expect(tab.Page.Locator(".next-steps li"))
            .ToHaveTextAsync([$"{developer.Name} acts as “Developer”", $"{developer.Name} acts in “Review”"]);
        await Expect(tab.Page.Locator(".timeline small")).ToHaveTextAsync(["2 turns · Waits for a person", "forked after 1 turn · Paused"]);
        await tab.AssertAccessibleAsync();

        await Expect(tab.Page.GetByText(Words)).ToBeVisibleAsync();
        await tab.Page.GetByLabel("Seen as").SelectOptionAsync("reviewer");
        await Expect(tab.Page.Locator(".hidden-line .grow"))
            .ToHaveTextAsync([
                "Developer acted to Developer alone: that is not for them.",
                "Something came from outside to Developer alone: that is not for them.",
            ]);
        await Expect(tab.Page.GetByText(Words)).ToHaveCountAsync(0);
        await Expect(tab.Page.GetByText("Mind the handle.")).ToHaveCountAsync(0);
        await Expect(tab.Page.GetByText("It still leaks.")).ToBeVisibleAsync();
        await tab.ArriveAsync("as=reviewer");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task What_is_typed_outlasts_a_lost_connection_and_goes_once_it_is_said()
    {
        var person = await republic.NewPersonAsync("Traveller");
        var episode = await PlayedEpisode.AloneAsync(person, "Tunnel");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/episodes/{episode.Id}");
        var words = tab.Page.GetByLabel("What you say as Actor");
        await words.FillAsync("From the train.");
        await tab.Page.Context.SetOfflineAsync(true);
        await Button(tab, "Answer").ClickAsync();
        await Expect(words).ToHaveCountAsync(0);

        await tab.Page.Context.SetOfflineAsync(false);
        await tab.GoAsync($"/episodes/{episode.Id}");
        await Expect(words).ToHaveValueAsync("From the train.");
        await Button(tab, "Answer").ClickAsync();
        await Expect(tab.Page.Locator(".said .prose")).ToHaveTextAsync(["Tunnel", "From the train."]);
        await Expect(words).ToHaveValueAsync("");
        await tab.Page.ReloadAsync();
        await Expect(words).ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_is_typed_waits_while_the_step_does_and_fills_no_other()
    {
        var person = await republic.NewPersonAsync("Patient");
        var episode = await PlayedEpisode.AloneAsync(person, "Patience");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/episodes/{episode.Id}");
        var words = tab.Page.GetByLabel("What you say as Actor");
        await words.FillAsync("For the second step.");

        await episode.DoAsync("pause");
        await tab.Page.ReloadAsync();
        await Expect(words).ToHaveCountAsync(0);
        var fork = await episode.ForkAsync(new { at_seq = 1 });
        await episode.DoAsync("resume", timeline: fork);
        await tab.GoAsync($"/episodes/{episode.Id}?timeline={fork}");
        await Expect(words).ToHaveValueAsync("");

        await episode.DoAsync("resume");
        await tab.GoAsync($"/episodes/{episode.Id}");
        await Expect(words).ToHaveValueAsync("For the second step.");
    }

    [Fact]
    public async Task By_phone_it_has_parts_and_stays_in_the_one_that_is_open()
    {
        var person = await republic.NewPersonAsync("Caller");
        var minion = await person.NewMinionAsync("pip");
        var episode = await PlayedEpisode.MakeAsync(person, Review, new { developer = person.Id, reviewer = minion.Id });
        await episode.DoAsync("start");
        await episode.DoAsync("inject", new { text = "A secret.", audience = new[] { "reviewer" } });
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.Page.SetViewportSizeAsync(390, 844);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/episodes/{episode.Id}");
        await Expect(tab.Page.Locator(".path")).ToHaveTextAsync("Explain");
        await Expect(tab.Page.Locator("#graph")).ToBeHiddenAsync();

        await tab.Page.GetByText("Graph", new() { Exact = true }).ClickAsync();
        await Expect(tab.Page.Locator(".node[aria-current]")).ToBeInViewportAsync();
        await Expect(tab.Page.GetByLabel("What you say as Developer")).ToBeHiddenAsync();
        await Expect(tab.Page.GetByText("Spent, and limits")).ToBeHiddenAsync();
        await episode.DoAsync("inject", new { text = "Hurry up.", audience = "all" });
        await Expect(tab.Page.GetByText("Hurry up.")).ToHaveCountAsync(1);
        await Expect(tab.Page.Locator("#graph")).ToBeVisibleAsync();

        await tab.Page.GetByText("Play", new() { Exact = true }).ClickAsync();
        await tab.Page.Locator(".hidden-line").GetByRole(AriaRole.Button, new() { Name = "Look" }).ClickAsync();
        await tab.Page.Locator("#look").GetByRole(AriaRole.Button, new() { Name = "Look behind" }).ClickAsync();
        await Expect(tab.Page.GetByText("A secret.")).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task In_two_windows_of_one_person_what_is_typed_in_the_other_stays()
    {
        var person = await republic.NewPersonAsync("Double");
        var episode = await PlayedEpisode.MakeAsync(person, Review, new { developer = person.Id, reviewer = person.Id });
        await episode.DoAsync("start");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/episodes/{episode.Id}");
        await tab.Page.GetByLabel("What you say as Developer").FillAsync("Typed here.");

        await episode.DoAsync("act", new { role = "developer", text = "Said there." });
        await Expect(tab.Page.Locator("#episode-said")).ToContainTextAsync("It is not your turn any more.");
        await Expect(tab.Page.GetByLabel("What you say as Developer")).ToHaveValueAsync("Typed here.");
        await Button(tab, "Answer").ClickAsync();
        await Expect(tab.Page.Locator(".said .prose").First).ToHaveTextAsync("Said there.");
        await Expect(tab.Page.GetByLabel("What you say as Reviewer")).ToHaveValueAsync("Typed here.");
    }

    private static ILocator Button(Tab tab, string name) => tab.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
