using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>How an episode goes on while its page is open: between minions, past a deadline, and anew from an earlier step.</summary>
public sealed class EpisodeCoursePagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    private const string ThreeInTurn = """
        republic: scenario/1
        name: Three in turn
        roles: {opener: {}, guest: {}, closer: {}}
        states:
          begin: {type: start, next: [{to: talk}]}
          talk: {type: action, roles: [opener, guest, closer], prompts: [Say your part.], turn: order, next: [{to: over}]}
          over: {type: end, result: success}
        """;

    /// <summary>An approval that is waited for an hour.</summary>
    private const string Signed = """
        republic: scenario/1
        name: Signed in time
        roles: {signer: {}, clerk: {}}
        states:
          begin: {type: start, next: [{to: sign}]}
          sign:
            type: approval
            roles: [signer]
            prompts: [Do you sign it?]
            audience: all
            timeout_hours: 1
            next: [{to: signed, when: 'outcome == "approve"'}, {to: record, else: true}]
          record: {type: action, roles: [clerk], prompts: [Write down that nobody signed.], audience: all, next: [{to: lapsed}]}
          signed: {type: end, result: success}
          lapsed: {type: end, result: failure}
        """;

    [Fact]
    public async Task A_person_is_cast_between_two_minions_and_reads_all_three_as_they_speak()
    {
        await using var first = new FakeVendor();
        await using var last = new FakeVendor();
        var (opening, closing) = (first.AnswersByHand(), last.AnswersByHand());
        var person = await republic.NewPersonAsync("Between");
        var (ann, cleo) = (await person.NewMinionAsync("ann", first), await person.NewMinionAsync("cleo", last));
        var scenario = WrittenScenario.Of(person, await WrittenScenario.ImportAsync(person, ThreeInTurn));
        await scenario.PublishAsync();
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/episodes/new?scenario={scenario.Id}");
        foreach (var (role, citizen) in new[] { ("Opener", ann.Id), ("Guest", person.Id), ("Closer", cleo.Id) })
        {
            await tab.Page.GetByLabel(role, new() { Exact = true }).SelectOptionAsync(citizen.ToString());
        }

        await Button(tab, "Start").ClickAsync();
        await Expect(Sentence(tab, "Ann acts as “Opener”.")).ToBeVisibleAsync();
        await MarkAsync(tab);
        opening.Says("I open.");
        opening.Ends();
        await Expect(Sentence(tab, "It is your turn: you play “Guest”.")).ToBeVisibleAsync();
        await Expect(Said(tab)).ToHaveTextAsync(["I open."]);
        await AssertNotReloadedAsync(tab);

        await tab.Page.GetByLabel("What you say as Guest").FillAsync("I stay.");
        await Button(tab, "Answer").ClickAsync();
        await Expect(Sentence(tab, "Cleo acts as “Closer”.")).ToBeVisibleAsync();
        await Expect(Said(tab)).ToHaveTextAsync(["I open.", "I stay."]);
        await MarkAsync(tab);
        closing.Says("I close.");
        closing.Ends();
        await Expect(Sentence(tab, "It ended in “Over”: success.")).ToBeVisibleAsync();
        await Expect(Said(tab)).ToHaveTextAsync(["I open.", "I stay.", "I close."]);
        await Expect(tab.Page.Locator(".said header b")).ToHaveTextAsync(["Opener", "Guest", "Closer"]);
        await AssertNotReloadedAsync(tab);
        await tab.AssertAccessibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_turn_that_is_missed_is_said_and_what_is_taken_otherwise_leads_on()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Nobody signed.");
        var person = await republic.NewPersonAsync("Dawdler");
        var clerk = await person.NewMinionAsync("clerk", vendor);
        var episode = await PlayedEpisode.MakeAsync(person, Signed, new { signer = person.Id, clerk = clerk.Id });
        await episode.DoAsync("start");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/episodes/{episode.Id}");
        await Expect(Sentence(tab, "It is your turn: you play “Signer”.")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("#act header")).ToContainTextAsync("waits until");
        await Expect(Said(tab)).ToHaveCountAsync(0);

        await episode.PassDeadlineAsync(republic);

        await Expect(Sentence(tab, "It ended in “Lapsed”: failure.")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("#episode-said")).ToHaveTextAsync("It ended in “Lapsed”: failure.");
        await Expect(tab.Page.Locator("#act")).ToHaveCountAsync(0);
        await Expect(tab.Page.Locator(".said header b")).ToHaveTextAsync(["Signer", "Clerk"]);
        await Expect(tab.Page.Locator(".said").First.Locator(".notice")).ToHaveTextAsync("It was not done in time.");
        await Expect(Said(tab)).ToHaveTextAsync(["Nobody signed."]);
        await tab.AssertAccessibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Where_nothing_leads_on_a_turn_that_is_missed_is_said_and_can_be_waited_for_once_more()
    {
        var person = await republic.NewPersonAsync("Latecomer");
        var yaml = Signed.Replace("else: true", "manual: Go on without", StringComparison.Ordinal);
        var episode = await PlayedEpisode.MakeAsync(person, yaml, new { signer = person.Id, clerk = person.Id });
        await episode.DoAsync("start");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/episodes/{episode.Id}");
        await Expect(Sentence(tab, "It is your turn: you play “Signer”.")).ToBeVisibleAsync();

        await episode.PassDeadlineAsync(republic);

        await Expect(Sentence(tab, "“Signer” did not act in time.")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("#act")).ToHaveCountAsync(0);
        await Expect(tab.Page.Locator(".episode-choice", new() { HasText = "Go on without" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.SetViewportSizeAsync(1280, 900);
        await Button(tab, "Try again").ClickAsync();
        await tab.Page.GetByLabel("What you say as Signer").FillAsync("Late, but here.");
        await tab.Page.GetByRole(AriaRole.Radio, new() { Name = "approve" }).CheckAsync();
        await Button(tab, "Answer").ClickAsync();
        await Expect(Sentence(tab, "It ended in “Signed”: success.")).ToBeVisibleAsync();
        await Expect(Said(tab)).ToHaveTextAsync(["Late, but here."]);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task An_episode_is_rewound_on_its_page_and_what_came_after_stays_in_the_first_timeline()
    {
        var person = await republic.NewPersonAsync("Rewinder");
        var episode = await PlayedEpisode.AloneAsync(person, "Rehearsed.");
        await episode.DoAsync("act", new { role = "actor", text = "Second thoughts." });
        await episode.DoAsync("act", new { role = "actor", text = "Third thoughts." });
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/episodes/{episode.Id}");
        await Expect(Said(tab)).ToHaveTextAsync(["Rehearsed.", "Second thoughts.", "Third thoughts."]);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "fork here" }).First.ClickAsync();
        var fork = tab.Page.Locator("#fork");
        await Expect(fork.GetByLabel("Show the fork from now on")).ToBeCheckedAsync();
        await fork.GetByRole(AriaRole.Button, new() { Name = "Fork" }).ClickAsync();

        await Expect(Sentence(tab, "It is paused. Resume it")).ToBeVisibleAsync();
        await Expect(Said(tab)).ToHaveTextAsync(["Rehearsed."]);
        await Button(tab, "Resume").ClickAsync();
        await tab.Page.GetByLabel("What you say as Actor").FillAsync("Thought better.");
        await Button(tab, "Answer").ClickAsync();
        await Expect(Said(tab)).ToHaveTextAsync(["Rehearsed.", "Thought better."]);

        // The address of the episode alone shows it rewound, too.
        await tab.GoAsync($"/episodes/{episode.Id}");
        await Expect(Said(tab)).ToHaveTextAsync(["Rehearsed.", "Thought better."]);
        await Expect(tab.Page.GetByText("thoughts.")).ToHaveCountAsync(0);
        await Expect(tab.Page.Locator(".timeline", new() { HasText = "Fork 1" })).ToContainTextAsync("shown");
        await AssertOldWordsAreKeptAsync(tab, episode);
        Assert.Empty(tab.Complaints);
    }

    /// <summary>The role knows them no more. They stand in the first timeline, and where the two are compared.</summary>
    private static async Task AssertOldWordsAreKeptAsync(Tab tab, PlayedEpisode episode)
    {
        await tab.GoAsync($"/episodes/{episode.Id}/knows/actor");
        await Expect(tab.Page.Locator(".episode-words")).ToHaveTextAsync(["Rehearsed.", "Thought better."]);

        await tab.GoAsync($"/episodes/{episode.Id}");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Compare timelines" }).ClickAsync();
        var turns = tab.Page.Locator(".episode-turn");
        await Expect(turns.Nth(1).Locator(".episode-words")).ToHaveTextAsync(["Second thoughts.", "Thought better."]);
        await Expect(turns.Nth(2).Locator(".episode-words")).ToHaveTextAsync(["Third thoughts."]);
        await Expect(turns.Nth(2)).ToContainTextAsync("It did not come to it.");

        await tab.GoAsync($"/episodes/{episode.Id}");
        await tab.Page.Locator(".timeline").First.ClickAsync();
        await Expect(Said(tab)).ToHaveTextAsync(["Rehearsed.", "Second thoughts.", "Third thoughts."]);
        await Expect(Button(tab, "Show this one")).ToBeVisibleAsync();
        await tab.AssertPleasantAsync();
    }

    /// <summary>Marks the document, so that it can be told from one that is loaded later.</summary>
    private static Task MarkAsync(Tab tab) => tab.Page.EvaluateAsync("() => { window.isMarked = true; }");

    private static async Task AssertNotReloadedAsync(Tab tab) =>
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => window.isMarked === true"), "The page was loaded anew.");

    /// <summary>The sentence that says how the episode stands.</summary>
    private static ILocator Sentence(Tab tab, string text) => tab.Page.Locator("#episode").GetByText(text);

    /// <summary>What was said, in its order.</summary>
    private static ILocator Said(Tab tab) => tab.Page.Locator(".said .prose");

    private static ILocator Button(Tab tab, string name) => tab.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
