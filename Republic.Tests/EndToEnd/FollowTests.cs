using System.Collections.Concurrent;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>Pages that are open follow what happens elsewhere.</summary>
public sealed class FollowTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task Memories_follow_and_leave_a_form_alone_that_somebody_is_filling_in()
    {
        var person = await republic.NewPersonAsync("Follows memories");
        var minion = await person.NewMinionAsync("rook");
        await RememberAsync(person, minion, "My dog is called Rex.");
        await using var tab = await OpenAsync(person, "/memories");
        var rows = tab.Page.Locator(".memory-row");
        await Expect(rows).ToHaveCountAsync(1);

        await RememberAsync(person, minion, "My cat is called Tom.");
        await Expect(rows).ToHaveCountAsync(2);

        await rows.GetByText("Change").First.ClickAsync();
        var text = tab.Page.Locator("textarea[id^=text-]").First;
        await text.FillAsync("My cat is called Tim");
        var asked = 0;
        tab.Page.Request += (_, request) => asked += request.Url.Contains("/memories?minion=", StringComparison.Ordinal) ? 1 : 0;
        await RememberAsync(person, minion, "My bird is called Kim.");
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        Assert.Equal(0, asked);
        await Expect(text).ToHaveValueAsync("My cat is called Tim");

        await rows.GetByText("Change").First.ClickAsync();
        await RememberAsync(person, minion, "My fish has no name.");
        await Expect(rows).ToHaveCountAsync(4);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task The_list_of_runs_follows_each_run_and_shows_a_new_one()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Follows runs");
        var minion = await person.NewMinionAsync("clerk", vendor);
        var first = await TrainingWorld.NewJobAsync(person, minion.Id, [], TrainingWorld.Friendly(1));
        await using var tab = await OpenAsync(person, "/training");
        await Expect(tab.Page.Locator($"#r-{first}")).ToContainTextAsync("Start");

        vendor.Hangs();
        await TrainingWorld.StartAsync(person, first);
        await Expect(tab.Page.Locator($"#r-{first}")).ToContainTextAsync("step 1 of");
        // One that waits for its turn is at its first step as well, and has nothing to go on from.
        await Until.TrueAsync(() => !vendor.Requests.IsEmpty);
        await TrainingWorld.StopAsync(person, first);
        await Expect(tab.Page.Locator($"#r-{first}")).ToContainTextAsync("Continue");

        var second = await TrainingWorld.NewJobAsync(person, minion.Id, [], TrainingWorld.Friendly(1));
        await TrainingWorld.StartAsync(person, second);
        await Expect(tab.Page.Locator($"#r-{second}")).ToContainTextAsync("step 1 of");
        await TrainingWorld.StopAsync(person, second);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_tab_that_nobody_looks_at_asks_for_nothing_until_it_is_seen_again_and_then_once()
    {
        var person = await republic.NewPersonAsync("Looks away");
        await using var tab = await OpenAsync(person, "/tasks");
        var asked = new ConcurrentQueue<string>();
        tab.Page.Request += (_, request) => asked.Enqueue(new Uri(request.Url).AbsolutePath);
        await tab.Page.EvaluateAsync("() => Object.defineProperty(document, 'hidden', { value: true, configurable: true })");

        await person.Api.PostAsync("/api/tasks", new { title = "One" });
        await person.Api.PostAsync("/api/tasks", new { title = "Two" });
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(asked, IsOfTasks);
        await tab.Page.EvaluateAsync("() => { delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); }");

        await Expect(tab.Page.Locator("#board [data-task]")).ToHaveCountAsync(2);
        Assert.Equal(["/tasks", "/tasks/waiting"], asked.Where(IsOfTasks).Order());
        Assert.Empty(tab.Complaints);

        static bool IsOfTasks(string path) => path.StartsWith("/tasks", StringComparison.Ordinal);
    }

    private static Task RememberAsync(Inhabitant person, TestMinion minion, string content) =>
        person.Api.PostAsync("/api/memories", new { minion_id = minion.Id, content });

    private async Task<Tab> OpenAsync(Inhabitant person, string path)
    {
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }
}
