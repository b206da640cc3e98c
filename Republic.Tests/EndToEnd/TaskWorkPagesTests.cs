using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Republic.Core.Tasks;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>A person watches what their minion does for a task.</summary>
public sealed class TaskWorkPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_minion_is_watched_stopped_started_again_and_hands_in()
    {
        var person = await republic.NewPersonAsync("Watches");
        await using var vendor = new FakeVendor();
        var minion = (await person.NewMinionAsync("pim", vendor)).Id;
        var knowledge = new LinkedKnowledge(republic, person);
        var handbook = await knowledge.CollectionAsync("Handbook", "A row is missing in the file where a note breaks.");
        await knowledge.LinkAsync(minion, handbook);
        var task = await new Tasked(republic, person).MakeAsync(null, "Why is a row missing in the file?");
        await using var board = await OpenAsync(person, "/tasks");
        await using var tab = await OpenAsync(person, $"/tasks/{task}");

        var hand = vendor.AnswersByHand();
        await tab.Page.GetByLabel("Done by").SelectOptionAsync(minion.ToString());
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Assign" }).ClickAsync();
        await hand.Asked;
        await Expect(Heading(tab)).ToHaveTextAsync("Pim is at work");
        await Expect(tab.Page.Locator(".task-feed")).ToContainTextAsync("Looked in its collections, 1 passage");
        await Expect(tab.Page.Locator(".task-feed [data-state=active]")).ToContainTextAsync("Read the task");
        await Expect(board.Page.Locator($"#task-{task}")).ToContainTextAsync("At work");
        hand.Says("A note ");
        await Expect(tab.Page.Locator("#work-text")).ToContainTextAsync("A note");
        await Expect(tab.Page.Locator(".task-feed [data-state=active]")).ToContainTextAsync("Writes its answer");
        await tab.AssertAccessibleAsync();

        await tab.Page.SetViewportSizeAsync(1280, 900);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await Expect(Heading(tab)).ToHaveTextAsync("Pim was stopped");
        await Expect(tab.Page.Locator("#work .notice")).ToContainTextAsync("You stopped it.");
        await Expect(tab.Page.Locator(".task-attempts > li")).ToContainTextAsync("stopped");
        await Expect(board.Page.Locator($"#task-{task}")).Not.ToContainTextAsync("At work");

        var again = vendor.AnswersByHand();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Start again" }).ClickAsync();
        await again.Asked;
        await Expect(Heading(tab)).ToHaveTextAsync("Pim is at work");
        again.Says("A note **breaks** [1].");
        again.Ends();
        await Expect(Heading(tab)).ToHaveTextAsync("Pim handed in");
        await Expect(tab.Page.Locator("#work-said")).ToHaveTextAsync("Pim handed in.");
        await Expect(board.Page.Locator(".toast")).ToContainTextAsync("Pim handed in.");
        await Expect(board.Page.Locator($"#task-{task}")).ToContainTextAsync("Waits for you");
        await Expect(Waiting(board)).ToContainTextAsync("1 waiting for you");
        await Expect(tab.Page.Locator(".task-comment[data-kind=handin] strong")).ToHaveTextAsync("breaks");
        await Expect(tab.Page.Locator(".task-attempts > li")).ToHaveCountAsync(2);
        await tab.Page.Locator(".task-attempts summary").First.ClickAsync();
        await Expect(tab.Page.Locator(".task-attempts .sources").First).ToContainTextAsync("notes.md");
        await tab.AssertAccessibleAsync();
        Assert.Empty(board.Complaints);
    }

    [Fact]
    public async Task A_minion_that_asks_waits_is_answered_in_a_comment_and_goes_on()
    {
        var person = await republic.NewPersonAsync("Answers");
        var tasks = new Tasked(republic, person);
        await using var vendor = new FakeVendor();
        vendor.Answers("NEEDS: the password of the archive");
        await tasks.MakeAsync(null, "Nobody waits for this");
        await using var tab = await OpenAsync(person, "/tasks");
        await Expect(Waiting(tab)).ToHaveTextAsync("");

        var task = await tasks.MakeAsync((await person.NewMinionAsync("pim", vendor)).Id, "Open the archive");

        await Expect(tab.Page.Locator($"#task-{task}")).ToContainTextAsync("Waits for you");
        await Expect(Waiting(tab)).ToContainTextAsync("1 waiting for you");
        await tab.Page.Locator("a.chip[href='/tasks?waiting=true']").ClickAsync();
        await Expect(tab.Page.Locator("#board")).Not.ToContainTextAsync("Nobody waits for this");
        await tab.Page.Locator($"#open-{task}").ClickAsync();
        await Expect(Heading(tab)).ToHaveTextAsync("Pim waits for you");
        await Expect(tab.Page.Locator("#work")).ToContainTextAsync("the password of the archive");
        await Expect(tab.Page.Locator("#work").GetByRole(AriaRole.Link, new() { Name = "Answer" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await tab.Page.SetViewportSizeAsync(1280, 900);
        vendor.Answers("It is open.");
        await tab.Page.GetByLabel("Comment", new() { Exact = true }).FillAsync("It is hunter2.");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();
        await Expect(Heading(tab)).ToHaveTextAsync("Pim handed in");
        await Expect(tab.Page.Locator(".task-comment[data-kind=handin]")).ToContainTextAsync("It is open.");
        await Expect(tab.Page.Locator(".task-attempts > li")).ToHaveCountAsync(2);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(Heading(tab)).ToBeVisibleAsync();
        await Expect(Waiting(tab)).ToHaveTextAsync("");
        Assert.Equal(WorkTaskStatus.Done, (await tasks.ReadAsync(task)).Status);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Without_javascript_a_failure_says_why_and_a_start_that_is_refused_says_what_to_do()
    {
        var person = await republic.NewPersonAsync("Fails");
        var tasks = new Tasked(republic, person);
        await using var vendor = new FakeVendor();
        vendor.CutsAfter("Half");
        var task = await tasks.MakeAsync((await person.NewMinionAsync("pim", vendor)).Id, budget: 0.10m);
        var failed = await tasks.EndAsync(task);
        await using var tab = await OpenAsync(person, "/tasks", javaScript: false);
        await Expect(tab.Page.Locator($"#task-{task}")).ToContainTextAsync("Failed");
        await tab.GoAsync($"/tasks/{task}");
        await Expect(Heading(tab)).ToHaveTextAsync("Pim failed");
        await Expect(tab.Page.Locator("#work .notice")).ToContainTextAsync(failed.Error!);

        await republic.QueryAsync(db =>
            db.TaskAttempts.Where(a => a.TaskId == task).ExecuteUpdateAsync(set => set.SetProperty(a => a.Cost, 0.11m), Ct)
        );
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Start again" }).ClickAsync();
        await Expect(tab.Page.GetByText("$0.11 were spent on it")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Start again" })).ToHaveCountAsync(0);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Raise the budget" }).ClickAsync();
        await tab.ArriveAsync($"/tasks/{task}/edit$");
    }

    private static ILocator Heading(Tab tab) => tab.Page.Locator("#h-work");

    /// <summary>The count in the navigation.</summary>
    private static ILocator Waiting(Tab tab) => tab.Page.Locator(".nav-main .tasks-waiting");

    private async Task<Tab> OpenAsync(Inhabitant person, string path, bool javaScript = true)
    {
        var tab = await browser.OpenAsync(republic.Address, javaScript);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }
}
