using System.Net;
using Microsoft.Playwright;
using Republic.Tests.Unit.Episodes;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class EpisodePagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    private const string Words = "I closed the handle.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scenario_is_cast_started_played_by_a_minion_and_a_person_and_forked()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers(Words);
        var person = await republic.NewPersonAsync("Player");
        var minion = await person.NewMinionAsync("pip", vendor);
        var scenario = WrittenScenario.Of(person, await WrittenScenario.ImportAsync(person, EpisodeScenarios.CodeReview));
        await scenario.PublishAsync();
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/scenarios/{scenario.Id}/edit");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Cast and start" }).ClickAsync();

        await Button(tab, "Start").ClickAsync();
        await Expect(tab.Page.Locator(".error")).ToHaveTextAsync(["Choose who plays “Developer”.", "Choose who plays “Reviewer”."]);
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByLabel("Developer", new() { Exact = true }).SelectOptionAsync(minion.Id.ToString());
        await tab.Page.GetByLabel("Reviewer", new() { Exact = true }).SelectOptionAsync(person.Id.ToString());
        await Button(tab, "Start").ClickAsync();

        // The minion acts, and the page says by itself whose turn it is then.
        await Expect(tab.Page.Locator("#episode").GetByText("It is your turn: you play “Reviewer”.")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".hidden-line")).ToContainTextAsync("that is not for you");
        await Expect(tab.Page.GetByText(Words)).ToHaveCountAsync(0);
        await Expect(tab.Page.Locator(".edge[data-taken]")).ToHaveCountAsync(0);
        await AssertTypedStaysAsync(tab, person);
        await tab.Page.GetByRole(AriaRole.Radio, new() { Name = "approve" }).CheckAsync();
        await Button(tab, "Answer").ClickAsync();
        await Expect(tab.Page.Locator("#episode").GetByText("It ended in “Good”: success.")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".said .prose")).ToHaveTextAsync(["Fine by me.", "Hurry up."]);

        await AssertSeenThroughAsync(tab);
        await AssertForkedAsync(tab);
        Assert.Empty(tab.Complaints);
    }

    /// <summary>What is typed stays where it is while the page follows what happens elsewhere.</summary>
    private static async Task AssertTypedStaysAsync(Tab tab, Inhabitant person)
    {
        await tab.Page.GetByLabel("What you say as Reviewer").FillAsync("Fine by me.");
        var path = $"/api{new Uri(tab.Page.Url).AbsolutePath}";
        await person.Api.PostAsync($"{path}/inject", new { text = "Hurry up.", audience = "all" });
        await Expect(tab.Page.GetByText("Hurry up.")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByLabel("What you say as Reviewer")).ToHaveValueAsync("Fine by me.");
        await tab.AssertPleasantAsync();
        await tab.Page.SetViewportSizeAsync(1280, 900);
    }

    private static async Task AssertSeenThroughAsync(Tab tab)
    {
        await Button(tab, "Look behind").First.ClickAsync();
        await tab.Page.Locator("#look").GetByRole(AriaRole.Button, new() { Name = "Look behind" }).ClickAsync();
        await Expect(tab.Page.GetByText(Words)).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("You looked behind the roles")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".edge[data-taken]")).ToHaveCountAsync(3);
    }

    private static async Task AssertForkedAsync(Tab tab)
    {
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "fork here" }).First.ClickAsync();
        await tab.AssertPleasantAsync();
        await tab.Page.SetViewportSizeAsync(1280, 900);
        await tab.Page.GetByLabel("Other words of that step").FillAsync("I changed nothing.");
        await tab.Page.Locator("#fork").GetByRole(AriaRole.Button, new() { Name = "Fork" }).ClickAsync();
        await Expect(tab.Page.Locator("#episode").GetByText("It is paused. Resume it")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".said .prose").First).ToHaveTextAsync("I changed nothing.");
        await Button(tab, "Resume").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Your turn as Reviewer" })).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Compare timelines" }).ClickAsync();
        await Expect(tab.Page.GetByText("It did not come to it.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_scripts_two_people_play_and_each_sees_what_was_addressed_to_them()
    {
        var (owner, guest) = (republic.Jonas, republic.Ada);
        await (await SharedTask.MakeAsync(owner)).AcceptedByAsync(guest);
        var episode = await PlayedEpisode.MakeAsync(owner, EpisodeScenarios.CodeReview, new { developer = owner.Id, reviewer = guest.Id });
        var (his, hers, page) = (await owner.BrowserAsync(), await guest.BrowserAsync(), $"/episodes/{episode.Id}");
        await SendAsync(his, page, "Start", HttpStatusCode.Redirect);
        Assert.Contains(
            "that is not for you",
            await AfterAsync(his, page, ("Act", new() { ["Input.Act.Text"] = Words }), hers),
            StringComparison.Ordinal
        );

        var seen = await hers.ReadAsync(page);
        Assert.DoesNotContain(Words, seen, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=Stop", seen, StringComparison.Ordinal);
        Assert.Contains("Your turn as Reviewer", seen, StringComparison.Ordinal);
        // What is refused is kept, and said at its field.
        using (
            var refused = await hers.SubmitAsync(page, new Dictionary<string, string> { ["Input.Act.Text"] = "Fine by me." }, "handler=Act")
        )
        {
            var again = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Ct));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("The outcome of this step is one of: approve, reject, changes.", again, StringComparison.Ordinal);
            Assert.Contains("Fine by me.", again, StringComparison.Ordinal);
        }

        var late = await hers.OpenFormAsync(page, Approval("Too late."), "handler=Act");
        await SendAsync(hers, page, "Act", HttpStatusCode.Redirect, Approval("Fine by me."));
        using (var kept = await late())
        {
            Assert.Equal(HttpStatusCode.Conflict, kept.StatusCode);
            Assert.Contains("Too late.", await kept.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        var end = WebUtility.HtmlDecode(await his.ReadAsync(page));
        Assert.Contains("It ended in “Good”: success.", end, StringComparison.Ordinal);
        Assert.Contains("Fine by me.", end, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Approval(string text) =>
        new() { ["Input.Act.Text"] = text, ["Input.Act.Outcome"] = "approve" };

    private static async Task<string> AfterAsync(
        Visitor actor,
        string page,
        (string Handler, Dictionary<string, string> Fields) form,
        Visitor reader
    )
    {
        await SendAsync(actor, page, form.Handler, HttpStatusCode.Redirect, form.Fields);
        return await reader.ReadAsync(page);
    }

    private static async Task SendAsync(
        Visitor actor,
        string page,
        string handler,
        HttpStatusCode status,
        Dictionary<string, string>? fields = null
    )
    {
        using var sent = await actor.SubmitAsync(page, fields ?? [], $"handler={handler}");
        Assert.True(sent.StatusCode == status, $"{handler}: {(int)sent.StatusCode}\n{await sent.Content.ReadAsStringAsync(Ct)}");
    }

    private static ILocator Button(Tab tab, string name) => tab.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
