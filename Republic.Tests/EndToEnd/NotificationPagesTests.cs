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
        Assert.Equal("Deal: It is your turn as “Chief buyer”.", told);

        // What else happens during the turn, and a turn that stands on a page that is seen, are not told.
        await episode.DoAsync("inject", new { text = "canary of the message", audience = "all" });
        await second.GoAsync($"/episodes/{episode.Id}");
        await episode.DoAsync("act", new { role = "chief_buyer", text = "First." });
        await SeenAsync(tab, await StepAsync(episode));
        await second.GoAsync("/datasets");
        await episode.DoAsync("act", new { role = "chief_buyer", text = "Second." });
        await ShownAsync(2, tab, second);
        Assert.Empty(await ShownInAsync(second));

        await tab.Page.EvaluateAsync("() => shown.at(-1).dispatchEvent(new Event('click'))");
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
        await using var tab = await Tab.OpenAsync(await WindowAsync("granted"), republic.Address);
        await tab.SignInAsync(person);
        await SwitchOnAsync(tab);
        await tab.GoAsync("/models");

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
