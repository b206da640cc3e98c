using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Tasks.Editing;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>The forms of a task's pages, without a browser's scripts: they lose nothing that was typed, and change nothing else.</summary>
public sealed partial class TaskFormTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_that_keeps_the_day_keeps_its_time()
    {
        var person = await republic.NewPersonAsync("Punctual");
        var path = await NewAsync(person, new { title = "Call back", due_at = "2026-12-04T17:30:00Z" });

        await SubmitAsync(person, $"{path}/edit", Fields("2026-12-04"), "/edit");
        Assert.StartsWith("2026-12-04T17:30:00", await DueAsync(person, path), StringComparison.Ordinal);
        await SubmitAsync(person, path, Fields("2026-12-04"), "handler=Properties");
        Assert.StartsWith("2026-12-04T17:30:00", await DueAsync(person, path), StringComparison.Ordinal);
        await SubmitAsync(person, path, Fields("2026-12-05"), "handler=Properties");
        Assert.StartsWith("2026-12-05T00:00:00", await DueAsync(person, path), StringComparison.Ordinal);

        static Dictionary<string, string> Fields(string day) => new() { ["Input.Title"] = "Call back", ["Input.DueAt"] = day };
    }

    [Fact]
    public async Task A_day_is_over_when_it_is_over_where_the_browser_is()
    {
        const string Early = "Pacific/Kiritimati";
        var person = await republic.NewPersonAsync("Abroad");
        var now = republic.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        // A day that is over on Kiritimati has not ended, at least, on Niue, whose clocks are 25 hours behind.
        var day = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(Early)).Date.AddDays(-1);
        var path = await NewAsync(person, new { title = "Be on time", due_at = new DateTimeOffset(day, TimeSpan.Zero) });

        foreach (var (zone, isLate) in new[] { (Early, true), ("Pacific/Niue", false) })
        {
            var browser = republic.NewVisitor();
            await browser.SignInAsync(person.Email, person.Password);
            browser.Cookies.Add(republic.Address, new Cookie("zone", zone));

            Assert.Equal(isLate, (await browser.ReadAsync(path)).Contains("overdue", StringComparison.Ordinal));
            Assert.Equal(isLate, (await browser.ReadAsync("/tasks")).Contains("overdue", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_older_form_writes_over_nothing_until_it_is_saved_again()
    {
        var person = await republic.NewPersonAsync("Twotabs");
        var path = await NewAsync(person, new { title = "As it was" });
        var opened = await (await person.BrowserAsync()).ReadAsync($"{path}/edit");
        await person.Api.PostAsync($"/api{path}/move", new { status = "IN_PROGRESS" });
        await person.Api.PostAsync($"/api{path}/comments", new { content = "Neither this nor a move is a field." });
        var first = await SaveAsync(person, path, opened, "By the first tab");
        Assert.Equal(HttpStatusCode.Redirect, first.Status);

        var second = await SaveAsync(person, path, opened, "By the second tab");

        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Contains("changed elsewhere after this form was opened", second.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"By the second tab\"", second.Body, StringComparison.Ordinal);
        Assert.Equal("By the first tab", Text(await TaskAsync(person, path), "title"));
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(person, path, second.Body, "By the second tab")).Status);
        Assert.Equal("By the second tab", Text(await TaskAsync(person, path), "title"));
    }

    [Fact]
    public async Task Who_is_paused_stays_chosen_where_they_have_the_task()
    {
        var person = await republic.NewPersonAsync("Pauser");
        var minion = (await person.NewMinionAsync("pausing")).Id;
        var path = await NewAsync(person, new { title = "Keep it" });
        await republic.QueryAsync(db =>
            db.Tasks.Where(t => t.OwnerId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.AssignedTo, (Guid?)minion), Ct)
        );
        await republic.QueryAsync(db =>
            db.Citizens.Where(c => c.Id == minion).ExecuteUpdateAsync(set => set.SetProperty(c => c.IsActive, false), Ct)
        );

        var page = await (await person.BrowserAsync()).ReadAsync(path);
        Assert.Contains($"<option value=\"{minion}\" selected", page, StringComparison.Ordinal);
        await SubmitAsync(person, path, new() { ["citizen"] = minion.ToString() }, "handler=Assign");

        Assert.Equal(minion.ToString(), Text(await TaskAsync(person, path), "assigned_to"));
    }

    [Fact]
    public async Task What_was_typed_to_send_a_task_back_is_kept_where_it_was_moved_meanwhile()
    {
        var person = await republic.NewPersonAsync("Reviewer");
        var path = await NewAsync(person, new { title = "Look at it" });
        await person.Api.PostAsync($"/api{path}/move", new { status = "REVIEW" });
        var opened = await (await person.BrowserAsync()).ReadAsync(path);
        await person.Api.PostAsync($"/api{path}/move", new { status = "TODO" });

        var refused = await JudgeAsync(person, path, opened, "SendBack", "Name the order.");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("Name the order.</textarea>", refused.Body, StringComparison.Ordinal);
        Assert.Empty((await person.Api.GetAsync($"/api{path}/comments"))["comments"]!.AsArray());
    }

    [Fact]
    public async Task What_is_typed_beside_accept_becomes_a_comment()
    {
        var person = await republic.NewPersonAsync("Praiser");
        var path = await NewAsync(person, new { title = "Accept it" });
        await person.Api.PostAsync($"/api{path}/move", new { status = "REVIEW" });

        var accepted = await JudgeAsync(person, path, await (await person.BrowserAsync()).ReadAsync(path), "Accept", "Well done.");

        Assert.Equal(HttpStatusCode.Redirect, accepted.Status);
        Assert.Equal("DONE", Text(await TaskAsync(person, path), "status"));
        var comment = Assert.Single((await person.Api.GetAsync($"/api{path}/comments"))["comments"]!.AsArray())!;
        Assert.Equal(("Well done.", "comment"), (Text(comment, "content"), Text(comment, "kind")));
    }

    [Fact]
    public async Task More_than_are_changed_at_a_time_are_refused_as_a_whole()
    {
        var person = await republic.NewPersonAsync("Batcher");
        var path = await NewAsync(person, new { title = "One of many" });
        var ids = Enumerable.Range(0, TaskBatch.Most).Select(_ => Guid.CreateVersion7().ToString()).Prepend(path.Split('/')[^1]);
        var opened = await (await person.BrowserAsync()).ReadAsync("/tasks?view=list");

        var refused = await PostAsync(
            person,
            "/tasks?view=list&handler=Many",
            opened,
            [.. ids.Select(id => KeyValuePair.Create("ids", id)), new("what", "move"), new("to", "IN_PROGRESS")]
        );

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("At most 200 tasks are changed at a time", refused.Body, StringComparison.Ordinal);
        Assert.Equal("TODO", Text(await TaskAsync(person, path), "status"));
    }

    private static Task<(HttpStatusCode Status, string Body)> SaveAsync(Inhabitant person, string path, string opened, string title) =>
        PostAsync(
            person,
            $"{path}/edit",
            opened,
            [new("Input.Title", title), new("Input.Seen", Seen().Match(opened).Groups["seen"].Value)]
        );

    private static Task<(HttpStatusCode Status, string Body)> JudgeAsync(
        Inhabitant person,
        string path,
        string opened,
        string handler,
        string text
    ) => PostAsync(person, $"{path}?handler={handler}", opened, [new("Input.Content", text)]);

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(
        Inhabitant person,
        string address,
        string opened,
        IEnumerable<KeyValuePair<string, string>> fields
    )
    {
        using var form = new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", Html.Token(opened))]);
        using var response = await (await person.BrowserAsync()).Http.PostAsync(address, form, Ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    private static async Task SubmitAsync(Inhabitant person, string page, Dictionary<string, string> fields, string action)
    {
        using var response = await (await person.BrowserAsync()).SubmitAsync(page, fields, action);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }

    private static async Task<string> DueAsync(Inhabitant person, string path) => Text(await TaskAsync(person, path), "due_at")!;

    private static async Task<JsonNode> TaskAsync(Inhabitant person, string path) => (await person.Api.GetAsync($"/api{path}"))["task"]!;

    private static async Task<string> NewAsync(Inhabitant person, object task) =>
        $"/tasks/{(string)(await person.Api.PostAsync("/api/tasks", task))["task"]!["id"]!}";

    private static string? Text(JsonNode node, string field) => (string?)node[field];

    [GeneratedRegex("name=\"Input.Seen\" value=\"(?<seen>[0-9a-f]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Seen();
}
