using System.Net;
using Microsoft.Playwright;
using Republic.Tests.Unit.Episodes;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>What the owner of an episode sets before it and decides during it.</summary>
public sealed class EpisodeFormPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    private const string How = "is new in the team";

    private const string Steered = """
        republic: scenario/1
        name: Steered
        roles: {actor: {}, helper: {}}
        limits: {turns: 1}
        states:
          begin: {type: start, next: [{to: act}]}
          act: {type: action, roles: [actor], prompts: [Act.], next: [{to: more, manual: Go on}, {to: over, manual: End it}]}
          more: {type: action, roles: [helper], prompts: [Help.], audience: all, next: [{to: over}]}
          over: {type: end, result: success}
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Facts_and_how_a_role_is_played_are_set_at_the_start()
    {
        var person = await republic.NewPersonAsync("Caster");
        var yaml = EpisodeScenarios.CodeReview.Replace(
            "known_to: [reviewer]}",
            "known_to: [reviewer]}\n  lines: {value: 3}\n  urgent: {value: false, known_to: all}\n  files: {value: [a.c, b.c], known_to: all}",
            StringComparison.Ordinal
        );
        var scenario = WrittenScenario.Of(person, await WrittenScenario.ImportAsync(person, yaml));
        await scenario.PublishAsync();
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/episodes/new?scenario={scenario.Id}");
        await tab.Page.GetByLabel("How they play it as Developer").FillAsync(How);
        await Field(tab, "Leak").FillAsync("Line 40 leaks it");
        await Field(tab, "Lines").FillAsync("many");
        await Field(tab, "Urgent").SelectOptionAsync("true");
        await Field(tab, "Files").FillAsync("c.c\n7");
        await Expect(tab.Page.GetByText("Known to nobody; a number")).ToBeVisibleAsync();
        await Button(tab, "Start").ClickAsync();

        await Expect(tab.Page.Locator(".error")).ToContainTextAsync("This is no number");
        await Expect(Field(tab, "Lines")).ToHaveValueAsync("many");
        await Expect(Field(tab, "Files")).ToHaveValueAsync("c.c\n7");
        await Expect(tab.Page.GetByLabel("How they play it as Developer")).ToHaveValueAsync(How);
        await tab.AssertAccessibleAsync();
        await Field(tab, "Lines").FillAsync("12.5");
        await Button(tab, "Start").ClickAsync();

        await Expect(tab.Page.Locator(".cast")).ToContainTextAsync(How);
        var path = $"/api{new Uri(tab.Page.Url).AbsolutePath}";
        var config = (await person.Api.GetAsync(path))["episode"]!["config"]!;
        Assert.Equal(How, (string?)config["cast"]!["developer"]!["description"]);
        await person.Api.PutAsync(path, new { seen_through = true });
        Assert.Equal(
            """{"files":["c.c",7],"leak":"Line 40 leaks it","lines":12.5,"urgent":true}""",
            (await person.Api.GetAsync(path))["episode"]!["config"]!["facts"]!.ToJsonString()
        );
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_fork_is_made_with_another_player_and_a_message()
    {
        var person = await republic.NewPersonAsync("Forker");
        var minion = await person.NewMinionAsync("pip");
        var episode = await PlayedEpisode.MakeAsync(
            person,
            EpisodeScenarios.CodeReview,
            new { developer = person.Id, reviewer = person.Id }
        );
        await episode.DoAsync("start");
        await episode.DoAsync("act", new { role = "developer", text = "I closed the handle." });
        await episode.DoAsync("act", Approval);
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/episodes/{episode.Id}");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "fork here" }).First.ClickAsync();

        // What is offered follows the step: explaining has no outcome.
        var fork = tab.Page.Locator("#fork");
        await Expect(fork.GetByLabel("Another outcome")).ToBeHiddenAsync();
        await fork.GetByLabel("After the step").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Expect(fork.GetByLabel("Another outcome").Locator("option:not(:disabled)"))
            .ToHaveTextAsync(["As it was", "approve", "reject", "changes"]);
        await fork.GetByText("More", new() { Exact = true }).ClickAsync();
        await Expect(fork.GetByLabel("Goes on to").Locator("optgroup:not([disabled]) option"))
            .ToHaveTextAsync(["Good: outcome == \"approve\"", "Explain: visits.explain < 3", "Poor: otherwise"]);
        await fork.GetByLabel("Played by").SelectOptionAsync($"reviewer/{minion.Id}");
        await fork.GetByLabel("Message").FillAsync("It is late.");
        await fork.GetByLabel("Developer", new() { Exact = true }).UncheckAsync();
        await tab.AssertAccessibleAsync();
        await fork.GetByRole(AriaRole.Button, new() { Name = "Fork" }).ClickAsync();

        await Expect(tab.Page.Locator("#episode").GetByText("It is paused. Resume it")).ToBeVisibleAsync();
        var made = await episode.ReadAsync();
        Assert.Equal(["developer: I closed the handle."], PlayedEpisode.Said(made));
        Assert.Contains(
            made["assignments"]!.AsArray(),
            one => (string?)one!["user_id"] == minion.Id.ToString() && (string?)one["role"] == "reviewer" && one["until_seq"] is null
        );
        Assert.Equal(["reviewer"], made["messages"]![0]!["audience"]!.AsArray().Select(role => (string?)role));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Without_scripts_a_role_is_given_away_a_transition_chosen_and_a_limit_raised()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("I helped.");
        var jonas = republic.Jonas;
        var helper = await jonas.NewMinionAsync($"helper-{Guid.CreateVersion7():N}", vendor);
        var episode = await PlayedEpisode.MakeAsync(jonas, Steered, new { actor = jonas.Id, helper = jonas.Id });
        await episode.DoAsync("start");
        var (his, page) = (await jonas.BrowserAsync(), $"/episodes/{episode.Id}");

        var tooLong = await SendAsync(his, page, "Swap", HttpStatusCode.BadRequest, Swap(helper.Id, new string('x', 401)));
        Assert.Contains("has 401 characters; at most 400 are kept", tooLong, StringComparison.Ordinal);
        Assert.Contains(new string('x', 401), tooLong, StringComparison.Ordinal);
        await SendAsync(his, page, "Swap", HttpStatusCode.Redirect, Swap(helper.Id, How));
        Assert.Contains(How, await his.ReadAsync(page), StringComparison.Ordinal);

        await SendAsync(his, page, "Act", HttpStatusCode.Redirect, new() { ["Input.Act.Text"] = "I acted." });
        Assert.Contains("What happens next?", await his.ReadAsync(page), StringComparison.Ordinal);
        await SendAsync(his, page, "Choose", HttpStatusCode.Redirect, new() { ["to"] = "more" });
        Assert.Contains("Raise the limit and go on", await his.ReadAsync(page), StringComparison.Ordinal);
        Assert.DoesNotContain(vendor.Requests, asked => asked.Body is not null);

        var low = await SendAsync(his, page, "Resume", HttpStatusCode.Conflict, new() { ["Input.Limits.Turns"] = "1" });
        Assert.Contains("Raise it, or stop the episode.", low, StringComparison.Ordinal);
        var wrong = await SendAsync(his, page, "Resume", HttpStatusCode.BadRequest, new() { ["Input.Limits.Turns"] = "few" });
        Assert.Contains("is not a whole number", wrong, StringComparison.Ordinal);
        await SendAsync(his, page, "Resume", HttpStatusCode.Redirect, new() { ["Input.Limits.Turns"] = "5" });
        var end = await episode.RestAsync();
        Assert.Equal(["actor: I acted.", "helper: I helped."], PlayedEpisode.Said(end));
        Assert.Contains(vendor.Requests, asked => asked.Body?.ToJsonString().Contains(How, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Without_scripts_an_episode_is_forked_stopped_and_deleted()
    {
        var jonas = republic.Jonas;
        var episode = await PlayedEpisode.MakeAsync(jonas, Steered, new { actor = jonas.Id, helper = jonas.Id });
        await episode.DoAsync("start");
        await episode.DoAsync("act", new { role = "actor", text = "I acted." });
        var (his, page) = (await jonas.BrowserAsync(), $"/episodes/{episode.Id}");

        var refused = await SendAsync(his, page, "Fork", HttpStatusCode.BadRequest, Fork("Input.Fork.Inject.Text", "Hurry up."));
        Assert.Contains("The audience is", refused, StringComparison.Ordinal);
        Assert.Contains("Hurry up.", refused, StringComparison.Ordinal);
        await SendAsync(his, page, "Fork", HttpStatusCode.Redirect, Fork("Input.Fork.To", "over"));
        var timelines = (await jonas.Api.GetAsync($"{episode.Path}/timelines"))["timelines"]!.AsArray();
        Assert.Equal("success", (string?)timelines[^1]!["result"]);

        await SendAsync(his, page, "Stop", HttpStatusCode.Redirect);
        Assert.Contains("It was stopped. What came of it is kept.", await his.ReadAsync(page), StringComparison.Ordinal);
        await SendAsync(his, page, "Delete", HttpStatusCode.Redirect);
        using var gone = await his.GetAsync(page);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private static object Approval =>
        new
        {
            role = "reviewer",
            text = "Fine by me.",
            outcome = "approve",
        };

    private static Dictionary<string, string> Swap(Guid player, string how) =>
        new()
        {
            ["Input.Swap.Role"] = "helper",
            ["Input.Swap.Player"] = player.ToString(),
            ["Input.Swap.Description"] = how,
        };

    private static Dictionary<string, string> Fork(string field, string value) => new() { ["Input.Fork.AtSeq"] = "1", [field] = value };

    private static async Task<string> SendAsync(
        Visitor actor,
        string page,
        string handler,
        HttpStatusCode status,
        Dictionary<string, string>? fields = null
    )
    {
        using var sent = await actor.SubmitAsync(page, fields ?? [], $"handler={handler}");
        var answer = WebUtility.HtmlDecode(await sent.Content.ReadAsStringAsync(Ct));
        Assert.True(sent.StatusCode == status, $"{handler}: {(int)sent.StatusCode}\n{answer}");
        return answer;
    }

    private static ILocator Field(Tab tab, string label) => tab.Page.GetByLabel(label, new() { Exact = true });

    private static ILocator Button(Tab tab, string name) => tab.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
