using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class NotificationPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    private const string Yaml = """
        republic: scenario/1
        name: Deal
        roles: {chief_buyer: {}}
        states:
          begin: {type: start, next: [{to: act}]}
          act: {type: action, roles: [chief_buyer], prompts: [canary of the prompt], turn: order, rounds: 9, next: [{to: over}]}
          over: {type: end}
        """;

    private const string Turn = "Deal: It is your turn as “Chief buyer”.";

    [Fact]
    public async Task One_tab_tells_whose_turn_it_is_once_unless_the_page_is_seen_and_leads_there()
    {
        var person = await republic.NewPersonAsync("Notified");
        var window = await WindowAsync("granted");
        await using var tab = await Tab.OpenAsync(window, republic.Address);
        await tab.SignInAsync(person);
        await SwitchOnAsync(tab);
        await tab.AssertAccessibleAsync();
        await tab.GoAsync("/models");
        await using var second = await Tab.OpenAsync(window, republic.Address, isAlone: false);
        await second.GoAsync("/datasets");

        var episode = await PlayedEpisode.MakeAsync(person, Yaml, new { chief_buyer = person.Id });
        await episode.DoAsync("start");
        await ShownAsync(1, tab, second);
        var told = (await ShownInAsync(tab)).Concat(await ShownInAsync(second)).Single();
        Assert.Equal(Turn, told);

        // What else happens during the turn, and a turn that stands on a page that is seen, are not told.
        await episode.DoAsync("inject", new { text = "canary of the message", audience = "all" });
        await second.GoAsync($"/episodes/{episode.Id}");
        await episode.DoAsync("act", new { role = "chief_buyer", text = "First." });
        await SeenAsync(tab, await StepAsync(episode));
        await second.GoAsync("/datasets");
        await episode.DoAsync("act", new { role = "chief_buyer", text = "Second." });
        await ShownAsync(2, tab, second);
        Assert.Empty(await ShownInAsync(second));

        await ClickAsync(tab);
        await tab.ArriveAsync($"/episodes/{episode.Id}$");
        Assert.Empty(tab.Complaints);
        Assert.Empty(second.Complaints);
    }

    [Fact]
    public async Task An_answer_in_a_chat_and_a_task_that_is_handed_in_are_told_without_their_words()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("canary of the answer");
        var person = await republic.NewPersonAsync("Waits");
        var minion = await person.NewMinionAsync("pim", vendor);
        await using var tab = await NotifiedAsync(person);

        await (await Chat.BeginAsync(person, minion.Id)).AskAsync("Is it done?");
        await ShownAsync(1, tab);
        await new Tasked(republic, person).MakeAsync(minion.Id, "canary of the task");
        await ShownAsync(2, tab);

        Assert.Equal(
            ["A minion is done answering: Open the chat to read it.", "Pim handed in: A task waits for you."],
            await ShownInAsync(tab)
        );
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task An_answer_that_failed_or_was_stopped_is_not_told_as_done()
    {
        await using var refusing = new FakeVendor();
        refusing.Refuses(HttpStatusCode.BadRequest, "canary of the refusal");
        await using var slow = new FakeVendor();
        var hand = slow.AnswersByHand();
        var person = await republic.NewPersonAsync("Unanswered");
        await using var tab = await NotifiedAsync(person);

        await (await Chat.BeginAsync(person, refusing, "refuses")).AskAsync("Is it done?");
        await ShownAsync(1, tab);
        var chat = await Chat.BeginAsync(person, slow, "slow");
        var answer = await chat.SayAsync("Is it done?");
        await hand.Asked;
        await chat.StopAsync(answer);
        await ShownAsync(2, tab);

        Assert.Equal(
            ["A minion could not answer: Open the chat to see why.", "An answer was stopped: Open the chat to see how far it came."],
            await ShownInAsync(tab)
        );
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_turn_that_has_passed_is_told_and_so_is_the_next_one()
    {
        var person = await republic.NewPersonAsync("Late");
        await using var tab = await NotifiedAsync(person);
        var episode = await StartedAsync(person);
        await ShownAsync(1, tab);

        await episode.PassDeadlineAsync(republic);
        await ShownAsync(2, tab);
        await episode.DoAsync("resume");
        await ShownAsync(3, tab);

        Assert.Equal([Turn, "Deal: Your turn as “Chief buyer” has passed.", Turn], await ShownInAsync(tab));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_turn_that_began_while_no_news_came_is_told_afterwards_and_once()
    {
        var person = await republic.NewPersonAsync("Asleep");
        await StartedAsync(person);
        await using var tab = await NotifiedAsync(person);
        Assert.Empty(await ShownInAsync(tab));
        var asked = 0;
        tab.Page.Request += (_, request) => asked += request.Url.EndsWith("handler=Turns", StringComparison.Ordinal) ? 1 : 0;
        await tab.Page.RouteAsync(
            url => url.Contains("/live?", StringComparison.Ordinal),
            route => route.FulfillAsync(new() { ContentType = "text/event-stream", Body = "retry: 200\nevent: missed\ndata: {}\n\n" })
        );

        await tab.GoAsync("/datasets");
        await Until.TrueAsync(() => asked > 2);
        await ShownAsync(1, tab);

        Assert.Equal([Turn], await ShownInAsync(tab));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task What_was_typed_stays_and_the_other_page_opens_beside_it()
    {
        var person = await republic.NewPersonAsync("Types");
        var chat = await Chat.BeginAsync(person, (await person.NewMinionAsync("listener")).Id);
        await using var tab = await NotifiedAsync(person);
        await tab.GoAsync($"/chats/{chat.Id}");
        var words = tab.Page.Locator("#message");
        await words.FillAsync("Half a question");
        var episode = await StartedAsync(person);
        await ShownAsync(1, tab);

        var beside = await tab.Page.RunAndWaitForPopupAsync(() => ClickAsync(tab));

        await Expect(beside).ToHaveURLAsync(new Uri(republic.Address, $"/episodes/{episode.Id}").ToString());
        await Expect(words).ToHaveValueAsync("Half a question");
        Assert.EndsWith($"/chats/{chat.Id}", tab.Page.Url, StringComparison.Ordinal);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_page_is_seen_at_the_address_that_it_has_by_now()
    {
        var person = await republic.NewPersonAsync("Moves");
        await using var tab = await NotifiedAsync(person);
        var episode = await PlayedEpisode.MakeAsync(person, Yaml, new { chief_buyer = person.Id });
        await PushAsync(tab, $"/episodes/{episode.Id}");
        await episode.DoAsync("start");
        await SeenAsync(tab, await StepAsync(episode));

        await PushAsync(tab, "/models");
        await episode.DoAsync("act", new { role = "chief_buyer", text = "First." });
        await SeenAsync(tab, await StepAsync(episode));
        await ShownAsync(1, tab);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Nobody_is_told_who_did_not_ask_for_it_or_whose_browser_says_no()
    {
        var person = await republic.NewPersonAsync("Refuses");
        await using var tab = await Tab.OpenAsync(await WindowAsync("denied"), republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync("/account");
        var box = tab.Page.GetByLabel("Notify me while Republic is open");
        await Expect(box).Not.ToBeCheckedAsync();
        await box.ClickAsync();
        await Expect(tab.Page.Locator("#notify-said")).ToContainTextAsync("This browser blocks them.");
        await Expect(box).Not.ToBeCheckedAsync();

        var episode = await PlayedEpisode.MakeAsync(person, Yaml, new { chief_buyer = person.Id });
        await episode.DoAsync("start");
        await Expect(tab.Page.Locator("nav > .only-wide .episodes-waiting")).ToHaveTextAsync(", 1 waiting for you");
        Assert.Empty(await ShownInAsync(tab));
        Assert.Empty(tab.Complaints);
    }

    private static async Task<PlayedEpisode> StartedAsync(Inhabitant person)
    {
        var episode = await PlayedEpisode.MakeAsync(person, Yaml, new { chief_buyer = person.Id });
        await episode.DoAsync("start");
        return episode;
    }

    /// <summary>The tab of a person who is told, on a page of something else.</summary>
    private async Task<Tab> NotifiedAsync(Inhabitant person)
    {
        var tab = await Tab.OpenAsync(await WindowAsync("granted"), republic.Address);
        await tab.SignInAsync(person);
        await SwitchOnAsync(tab);
        await tab.GoAsync("/models");
        return tab;
    }

    /// <summary>A window whose notifications are kept instead of shown, on each page its own.</summary>
    private async Task<IBrowserContext> WindowAsync(string permission)
    {
        var window = await browser.NewWindowAsync(republic.Address);
        await window.AddInitScriptAsync(
            $$"""
            window.shown = [];
            window.Notification = class extends EventTarget {
                static permission = "{{permission}}";
                static requestPermission = async () => "{{permission}}";
                constructor(title, options) {
                    super();
                    Object.assign(this, { title, ...options });
                    if (options.tag !== "/account") shown.push(this);
                }
                close() {}
            };
            """
        );
        return window;
    }

    private static async Task SwitchOnAsync(Tab tab)
    {
        await tab.GoAsync("/account");
        await tab.Page.GetByLabel("Notify me while Republic is open").CheckAsync();
        await Expect(tab.Page.Locator("#notify-said")).ToHaveTextAsync("They are on, in this browser.");
    }

    /// <summary>Clicks the newest notification.</summary>
    private static Task ClickAsync(Tab tab) => tab.Page.EvaluateAsync("() => shown.at(-1).dispatchEvent(new Event('click'))");

    /// <summary>Gives the page another address, as a part of it does that htmx fetches.</summary>
    private static async Task PushAsync(Tab tab, string path)
    {
        await tab.Page.EvaluateAsync(
            "path => { htmx.ajax('GET', '/episodes/waiting', { target: '#main', swap: 'none', push: path }); }",
            path
        );
        await tab.ArriveAsync($"{path}$");
    }

    private static Task<string[]> ShownInAsync(Tab tab) =>
        tab.Page.EvaluateAsync<string[]>("() => shown.map(({ title, body }) => `${title}: ${body}`)");

    private static Task ShownAsync(int count, params Tab[] tabs) =>
        Until.TrueAsync(async () =>
        {
            var shown = 0;
            foreach (var tab in tabs)
            {
                shown += (await ShownInAsync(tab)).Length;
            }

            Assert.True(shown <= count, $"{shown} notifications instead of {count}");
            return shown == count;
        });

    /// <summary>Waits until the tab that tells has seen that a turn need not be told.</summary>
    private static Task SeenAsync(Tab tab, string step) =>
        tab.Page.WaitForFunctionAsync(
            "step => Object.keys(localStorage).some(key => key.startsWith('notified/') && localStorage[key].includes(step))",
            step
        );

    private static async Task<string> StepAsync(PlayedEpisode episode) =>
        (string)JsonNode.Parse(await (await episode.Owner.BrowserAsync()).ReadAsync($"/episodes/{episode.Id}/turn"))!["key"]!;
}
