using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Editing;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class TaskPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_task_is_added_dragged_by_mouse_and_moved_by_keyboard()
    {
        var person = await republic.NewPersonAsync("Drags");
        await using var tab = await OpenAsync(person, "/tasks");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "New task", Exact = true }).ClickAsync();
        await tab.Page.GetByLabel("What is to be done").FillAsync("Paint the shed");
        await tab.Page.GetByLabel("Done by").SelectOptionAsync(person.Id.ToString());
        await tab.Page.GetByLabel("Priority").SelectOptionAsync("High");
        await tab.AssertAccessibleAsync();
        await tab.Page.SetViewportSizeAsync(1280, 900);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Add task" }).ClickAsync();
        await tab.ArriveAsync("/tasks$");
        await Expect(Lane(tab, WorkTaskStatus.Todo)).ToContainTextAsync("Paint the shed");
        await Expect(tab.Page.Locator("#task-sentence")).ToHaveTextAsync("1 open task.");
        await tab.AssertAccessibleAsync();

        await tab.Page.SetViewportSizeAsync(1280, 900);
        var card = (await tab.Page.Locator(".task").BoundingBoxAsync())!;
        var lane = (await Lane(tab, WorkTaskStatus.InProgress).BoundingBoxAsync())!;
        await tab.Page.Mouse.MoveAsync(card.X + 30, card.Y + card.Height - 8);
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(lane.X + 60, lane.Y + 60, new() { Steps = 10 });
        await Expect(tab.Page.Locator(".drop")).ToBeVisibleAsync();
        await tab.Page.Mouse.UpAsync();
        await Expect(Lane(tab, WorkTaskStatus.InProgress)).ToContainTextAsync("Paint the shed");
        await StandsAsync(person, 1, WorkTaskStatus.InProgress);
        await tab.ArriveAsync("/tasks$");
        await RestsAsync(tab);

        var link = tab.Page.Locator("[data-open]");
        await link.FocusAsync();
        await tab.Page.Keyboard.PressAsync("Space");
        await tab.Page.Keyboard.PressAsync("ArrowRight");
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(Lane(tab, WorkTaskStatus.InProgress)).ToContainTextAsync("Paint the shed");
        await link.FocusAsync();
        await tab.Page.Keyboard.PressAsync("Space");
        await tab.Page.Keyboard.PressAsync("l");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(Lane(tab, WorkTaskStatus.Review)).ToContainTextAsync("Paint the shed");
        await StandsAsync(person, 1, WorkTaskStatus.Review);
        await Expect(tab.Page.Locator("#task-sentence")).ToContainTextAsync("1 waits for your review");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_blocked_task_is_refused_and_goes_back_and_the_other_browser_sees_what_was_moved()
    {
        var person = await republic.NewPersonAsync("Blocks");
        var first = await AddAsync(person, "Settle the contract");
        var second = await AddAsync(person, "Announce the address", waitsFor: first);
        await using var tab = await OpenAsync(person, "/tasks");
        await using var other = await OpenAsync(person, "/tasks");
        await Expect(other.Page.Locator($"#task-{second}")).ToContainTextAsync("Blocked by T-1");

        await tab.Page.Locator($"#open-{second}").FocusAsync();
        await tab.Page.Keyboard.PressAsync("2");
        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("It waits for T-1.");
        await Expect(Lane(tab, WorkTaskStatus.Todo).Locator($"#task-{second}")).ToBeVisibleAsync();
        await RestsAsync(tab);

        await tab.Page.Locator($"#open-{first}").FocusAsync();
        await tab.Page.Keyboard.PressAsync("4");
        await Expect(Lane(other, WorkTaskStatus.Done)).ToContainTextAsync("Settle the contract");
        await Expect(other.Page.Locator($"#task-{second}")).Not.ToContainTextAsync("Blocked");
        Assert.Empty(tab.Complaints);
        Assert.Empty(other.Complaints);
    }

    [Fact]
    public async Task Without_javascript_a_card_has_a_form_that_moves_it_and_a_stale_one_is_refused()
    {
        var person = await republic.NewPersonAsync("Plain");
        await AddAsync(person, "Mend the gate");
        await using var tab = await OpenAsync(person, "/tasks", javaScript: false);
        await tab.Page.Locator("[aria-label='Move T-1']").ClickAsync();
        await tab.Page.GetByLabel("Move T-1 to").SelectOptionAsync("IN_PROGRESS");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();
        await Expect(Lane(tab, WorkTaskStatus.InProgress)).ToContainTextAsync("Mend the gate");

        await tab.Page.Locator("[aria-label='Move T-1']").ClickAsync();
        await MoveAsync(person, 1, WorkTaskStatus.Review);
        await tab.Page.GetByLabel("Move T-1 to").SelectOptionAsync("TODO");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();
        await Expect(tab.Page.Locator(".notice")).ToContainTextAsync("It was moved to “Review” meanwhile.");
        await Expect(Lane(tab, WorkTaskStatus.Review)).ToContainTextAsync("Mend the gate");
    }

    [Fact]
    public async Task Many_are_moved_at_once_and_views_are_saved()
    {
        var person = await republic.NewPersonAsync("Many");
        var first = await AddAsync(person, "One");
        await AddAsync(person, "Two", waitsFor: first);
        await AddAsync(person, "Three");
        await using var tab = await OpenAsync(person, "/tasks?view=list");
        await tab.AssertAccessibleAsync();
        await tab.Page.SetViewportSizeAsync(1280, 900);
        await tab.Page.GetByLabel("Select T-2").CheckAsync();
        await tab.Page.GetByLabel("Select T-3").CheckAsync();
        await tab.Page.GetByLabel("Move to").SelectOptionAsync("IN_PROGRESS");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();
        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("1 moved, 1 refused: It waits for T-1.");

        await tab.Page.GetByText("Saved views").ClickAsync();
        await tab.Page.GetByLabel("Save what is shown as").FillAsync("All of it");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "All of it" })).ToHaveAttributeAsync("href", "/tasks?view=list");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_task_is_discussed_given_files_and_made_to_wait_on_its_page()
    {
        var person = await republic.NewPersonAsync("Talks");
        await AddAsync(person, "Fetch the figures");
        var task = await AddAsync(person, "Compare the exports");
        await using var tab = await OpenAsync(person, $"/tasks/{task}");
        await tab.Page.GetByLabel("Comment", new() { Exact = true }).FillAsync("Compare by **number**, not by line.");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();
        await Expect(tab.Page.Locator(".task-comment strong")).ToHaveTextAsync("number");

        await tab.Page.GetByText("Attach files").ClickAsync();
        await tab
            .Page.Locator("#file")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "notes.html",
                    MimeType = "text/html",
                    Buffer = "<b>1,204</b>"u8.ToArray(),
                }
            );
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        var file = tab.Page.GetByRole(AriaRole.Link, new() { Name = "notes.html" });
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => file.ClickAsync());
        Assert.Equal("notes.html", download.SuggestedFilename);

        await tab.Page.GetByLabel("It waits for").FillAsync("figures");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(tab.Page.Locator(".task-rows")).ToContainTextAsync("Fetch the figures");
        await Expect(tab.Page.Locator(".page-head")).ToContainTextAsync("It is blocked by T-1.");
        await tab.Page.GetByLabel("It waits for").FillAsync("T-999");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(tab.Page.Locator(".notice")).ToContainTextAsync("No task has this number");
        await tab.GoAsync($"/tasks/{task}");
        await tab.AssertAccessibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_result_is_sent_back_with_a_reason_and_then_accepted()
    {
        var person = await republic.NewPersonAsync("Reviews");
        var task = await AddAsync(person, "Write the summary");
        await MoveAsync(person, 1, WorkTaskStatus.Review);
        await using var tab = await OpenAsync(person, $"/tasks/{task}");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Send back" }).ClickAsync();
        await Expect(tab.Page.GetByText("The comment is missing. Enter one.")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByLabel("What must change").FillAsync("It is too long.");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Send back" }).ClickAsync();
        await Expect(tab.Page.Locator(".task-comment")).ToContainTextAsync("It is too long.");
        await StandsAsync(person, 1, WorkTaskStatus.InProgress);

        await MoveAsync(person, 1, WorkTaskStatus.Review);
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Review, round 2" })).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("It is accepted, and done.");
        await StandsAsync(person, 1, WorkTaskStatus.Done);
    }

    [Fact]
    public async Task Priority_day_and_labels_are_set_on_its_page_and_a_move_is_taken_back()
    {
        var person = await republic.NewPersonAsync("Sets");
        var task = await AddAsync(person, "Order the timber");
        await using var tab = await OpenAsync(person, $"/tasks/{task}");
        await tab.Page.GetByLabel("Priority").SelectOptionAsync("High");
        await tab.Page.GetByLabel("Due", new() { Exact = true }).FillAsync("2000-02-29");
        await tab.Page.GetByLabel("Labels").FillAsync("shed, wood");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(tab.Page.Locator("#task")).ToContainTextAsync("29 Feb 2000, overdue");
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "wood" })).ToBeVisibleAsync();
        await Expect(tab.Page.GetByLabel("Priority")).ToHaveValueAsync("High");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Order the timber" })).ToBeVisibleAsync();

        await tab.Page.GetByLabel("Due", new() { Exact = true }).FillAsync("9999-12-31");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(tab.Page.GetByText("The due date is from 2000 to 2199.")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByLabel("What is to be done")).ToHaveValueAsync("Order the timber");

        await tab.GoAsync($"/tasks/{task}");
        await tab.Page.GetByLabel("Move to").SelectOptionAsync("ARCHIVED");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();
        await StandsAsync(person, 1, WorkTaskStatus.Archived);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await StandsAsync(person, 1, WorkTaskStatus.Todo);
        await tab.AssertAccessibleAsync();
        Assert.Empty(tab.Complaints);
    }

    private static ILocator Lane(Tab tab, WorkTaskStatus status) =>
        tab.Page.Locator($"#lane-{(status == WorkTaskStatus.InProgress ? "IN_PROGRESS" : status.ToString().ToUpperInvariant())}");

    /// <summary>Waits until the server has answered to a move.</summary>
    private static Task RestsAsync(Tab tab) => Expect(tab.Page.Locator("body[data-moving]")).ToHaveCountAsync(0);

    private async Task<Tab> OpenAsync(Inhabitant person, string path, bool javaScript = true)
    {
        var tab = await browser.OpenAsync(republic.Address, javaScript);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }

    private async Task<Guid> AddAsync(Inhabitant person, string title, Guid? waitsFor = null)
    {
        await using var scope = republic.Services.CreateAsyncScope();
        var input = new TaskInput { Title = title, DependsOn = waitsFor is { } other ? [other] : null };
        var made = await scope.ServiceProvider.GetRequiredService<TaskEditor>().CreateAsync(person.Id, input, null, Ct);
        Assert.True(made.Ok, made.Failure?.Message);
        return made.Value;
    }

    private async Task MoveAsync(Inhabitant person, int number, WorkTaskStatus to)
    {
        var id = await republic.QueryAsync(db =>
            db.Tasks.Where(t => t.OwnerId == person.Id && t.Number == number).Select(t => t.Id).SingleAsync(Ct)
        );
        await using var scope = republic.Services.CreateAsyncScope();
        var moved = await scope.ServiceProvider.GetRequiredService<TaskMover>().MoveAsync(person.Id, id, new TaskMove(to), Ct);
        Assert.True(moved.Ok, moved.Failure?.Message);
    }

    private Task StandsAsync(Inhabitant person, int number, WorkTaskStatus status) =>
        Until.TrueAsync(() =>
            republic.QueryAsync(db => db.Tasks.AnyAsync(t => t.OwnerId == person.Id && t.Number == number && t.Status == status, Ct))
        );
}
