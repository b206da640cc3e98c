using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

public sealed class TaskTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Path = "/api/tasks";

    [Fact]
    public async Task A_task_is_made_changed_moved_and_deleted()
    {
        var person = await republic.NewPersonAsync("Doer");
        var made = await NewAsync(
            person,
            new
            {
                title = " Renew the certificate ",
                priority = "high",
                labels = new[] { "#ops", "ops" },
            }
        );

        Assert.Equal(("Renew the certificate", "TODO", 1), (Text(made, "title"), Text(made, "status"), made["number"]!.GetValue<int>()));
        Assert.Equal(["ops"], made["labels"]!.AsArray().Select(label => (string?)label));

        var changed = await ChangeAsync(person, made, new { description = "Before Friday.", due_at = "2026-12-04T12:00:00+02:00" });
        Assert.Equal(("Renew the certificate", "Before Friday."), (Text(changed, "title"), Text(changed, "description")));
        Assert.StartsWith("2026-12-04T10:00:00", Text(changed, "due_at"), StringComparison.Ordinal);
        Assert.Null((await ChangeAsync(person, made, new { due_at = (string?)null }))["due_at"]);

        Assert.Equal("DONE", Text(await MoveAsync(person, made, "DONE"), "status"));
        Assert.Equal("IN_PROGRESS", Text(await MoveAsync(person, made, "IN_PROGRESS"), "status"));
        var stale = await person.Api.ProblemAsync(409, HttpMethod.Post, PathOf(made, "move"), new { status = "DONE", from = "TODO" });
        Assert.Contains("“In progress” meanwhile", Text(stale, "detail"), StringComparison.Ordinal);

        await person.Api.DeleteAsync(PathOf(made));
        await person.Api.ProblemAsync(404, HttpMethod.Get, PathOf(made));
        Assert.Equal(2, (await NewAsync(person, new { title = "The next" }))["number"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_waits_for_others_is_not_begun_before_them_unless_somebody_insists()
    {
        var person = await republic.NewPersonAsync("Waiter");
        var first = await NewAsync(person, new { title = "First" });
        var second = await NewAsync(person, new { title = "Second", depends_on = new[] { Id(first) } });

        Assert.Equal(Id(first), Text(second, "depends_on_id"));
        var refused = await person.Api.ProblemAsync(409, HttpMethod.Post, PathOf(second, "move"), new { status = "IN_PROGRESS" });
        Assert.Equal([Id(first)], refused["blocked_by"]!.AsArray().Select(id => (string?)id));
        Assert.Contains("It waits for T-1.", Text(refused, "detail"), StringComparison.Ordinal);
        Assert.Single((await person.Api.GetAsync($"{Path}?blocked=true"))["tasks"]!.AsArray());
        await person.Api.ProblemAsync(409, HttpMethod.Delete, PathOf(first));
        await person.Api.ProblemAsync(409, HttpMethod.Post, PathOf(first, "dependencies"), new { depends_on_id = Id(second) });

        Assert.Equal("IN_PROGRESS", Text(await MoveAsync(person, second, "IN_PROGRESS", insist: true), "status"));
        await MoveAsync(person, second, "TODO");
        await MoveAsync(person, first, "DONE");
        var free = await MoveAsync(person, second, "REVIEW");
        Assert.Empty(free["blocked_by"]!.AsArray());

        await person.Api.DeleteAsync($"{PathOf(second, "dependencies")}/{Id(first)}");
        await person.Api.DeleteAsync(PathOf(first));
    }

    [Fact]
    public async Task A_parent_is_not_done_before_its_parts_and_a_part_not_open_under_one_that_is()
    {
        var person = await republic.NewPersonAsync("Parent");
        var parent = await NewAsync(person, new { title = "Whole" });
        var part = await NewAsync(person, new { title = "Part", parent_id = Id(parent) });

        var refused = await person.Api.ProblemAsync(409, HttpMethod.Post, PathOf(parent, "move"), new { status = "DONE", insist = true });
        Assert.Contains("T-2 is a part of it", Text(refused, "detail"), StringComparison.Ordinal);
        await person.Api.ProblemAsync(409, HttpMethod.Put, PathOf(parent), new { parent_id = Id(part) });
        await person.Api.ProblemAsync(409, HttpMethod.Post, PathOf(part, "dependencies"), new { depends_on_id = Id(parent) });
        await person.Api.ProblemAsync(409, HttpMethod.Delete, PathOf(parent));

        await MoveAsync(person, part, "DONE");
        var done = await MoveAsync(person, parent, "DONE");
        Assert.Equal((1, 1), (done["children"]!.GetValue<int>(), done["children_done"]!.GetValue<int>()));
        await person.Api.ProblemAsync(409, HttpMethod.Post, PathOf(part, "move"), new { status = "TODO" });
        await person.Api.ProblemAsync(409, HttpMethod.Post, Path, new { title = "Late", parent_id = Id(parent) });
    }

    [Fact]
    public async Task Tasks_are_nested_five_levels_deep_and_no_deeper()
    {
        var person = await republic.NewPersonAsync("Nester");
        string? above = null;
        for (var level = 1; level <= 5; level++)
        {
            var task = await NewAsync(person, new { title = $"Level {level}", parent_id = above });
            Assert.Equal(level, task["level"]!.GetValue<int>());
            above = Id(task);
        }

        await person.Api.ProblemAsync(409, HttpMethod.Post, Path, new { title = "Level 6", parent_id = above });
        var alone = await NewAsync(person, new { title = "Alone" });
        await person.Api.ProblemAsync(409, HttpMethod.Put, PathOf(alone), new { parent_id = above });
    }

    [Fact]
    public async Task An_accepted_or_returned_result_counts_for_the_assignees_capability_once_a_round()
    {
        var person = await republic.NewPersonAsync("Judge");
        var minion = await person.NewMinionAsync("worker");
        var task = await NewAsync(person, new { title = "Clean it", capability = "data cleaning" });
        await person.Api.PostAsync(PathOf(task, "assign"), new { citizen_id = minion.Id });

        await MoveAsync(person, task, "REVIEW");
        Assert.Equal(2, (await MoveAsync(person, task, "IN_PROGRESS"))["round"]!.GetValue<int>());
        await MoveAsync(person, task, "DONE");
        await MoveAsync(person, task, "IN_PROGRESS");
        await MoveAsync(person, task, "DONE");

        var citizen = (await person.Api.GetAsync($"/api/citizens/{minion.Id}"))["citizen"]!;
        var capability = Assert.Single(citizen["capabilities"]!.AsArray())!;
        Assert.Equal("data cleaning", Text(capability, "name"));
        Assert.Equal((1, 1), (capability["success_count"]!.GetValue<int>(), capability["failure_count"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Nobody_counts_their_own_work()
    {
        var person = await republic.NewPersonAsync("Vain");
        var task = await NewAsync(
            person,
            new
            {
                title = "Mine",
                capability = "cooking",
                assigned_to = person.Id,
            }
        );

        await MoveAsync(person, task, "DONE");

        Assert.Empty((await person.Api.GetAsync($"/api/citizens/{person.Id}"))["citizen"]!["capabilities"]!.AsArray());
    }

    [Fact]
    public async Task A_card_is_put_below_another_however_often()
    {
        var person = await republic.NewPersonAsync("Sorter");
        var tasks = new List<JsonNode>();
        foreach (var title in new[] { "C", "B", "A" })
        {
            tasks.Add(await NewAsync(person, new { title }));
        }

        var (c, b, a) = (tasks[0], tasks[1], tasks[2]);
        for (var time = 0; time < 60; time++)
        {
            // Each halves the gap below A: without spreading the column, the numbers between two doubles run out.
            await person.Api.PostAsync(PathOf(time % 2 == 0 ? c : b, "move"), new { status = "TODO", after = Id(a) });
        }

        var order = (await person.Api.GetAsync(Path))["tasks"]!.AsArray().OrderBy(task => task!["position"]!.GetValue<double>());
        Assert.Equal("A B C", string.Join(' ', order.Select(task => Text(task!, "title"))));
    }

    [Fact]
    public async Task Comments_belong_to_who_wrote_them()
    {
        var person = await republic.NewPersonAsync("Talker");
        var task = await NewAsync(person, new { title = "Talk" });
        var comment = (await person.Api.PostAsync(PathOf(task, "comments"), new { content = "Look at line 12." }))["comment"]!;
        await person.Api.PutAsync($"{PathOf(task, "comments")}/{Id(comment)}", new { content = "Look at line 13." });

        var listed = Assert.Single((await person.Api.GetAsync(PathOf(task, "comments")))["comments"]!.AsArray())!;
        Assert.Equal(
            ("Look at line 13.", "comment", person.Id.ToString()),
            (Text(listed, "content"), Text(listed, "kind"), Text(listed, "user_id"))
        );
        await person.Api.ProblemAsync(400, HttpMethod.Post, PathOf(task, "comments"), new { content = " " });
        await person.Api.DeleteAsync($"{PathOf(task, "comments")}/{Id(comment)}");
        Assert.Empty((await person.Api.GetAsync(PathOf(task, "comments")))["comments"]!.AsArray());
    }

    [Fact]
    public async Task Files_are_kept_and_given_back_as_downloads()
    {
        var person = await republic.NewPersonAsync("Filer");
        var task = await NewAsync(person, new { title = "Read this" });
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent("<script>1</script>"u8.ToArray()), "file", "../a page.html" },
        };
        using var sent = await person.Api.Http.PostAsync(PathOf(task, "attachments"), form, TestContext.Current.CancellationToken);
        var file = JsonNode.Parse(await sent.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["attachment"]!;

        Assert.Equal(
            ("a page.html", "text/html", 18),
            (Text(file, "file_name"), Text(file, "mime_type"), file["file_size"]!.GetValue<int>())
        );
        using var back = await person.Api.SendAsync(HttpMethod.Get, Text(file, "file_url")!);
        Assert.Equal("attachment", back.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("<script>1</script>", await back.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        await person.Api.DeleteAsync(Text(file, "file_url")!);
        await person.Api.ProblemAsync(404, HttpMethod.Get, Text(file, "file_url")!);
    }

    [Theory]
    [InlineData("""{"title": " "}""", "title")]
    [InlineData("""{"title": "a\nb"}""", "title")]
    [InlineData("""{"title": "T", "due_at": "9999-12-31T00:00:00Z"}""", "due_at")]
    [InlineData("""{"title": "T", "due_at": "soon"}""", "due_at")]
    [InlineData("""{"title": "T", "priority": "now"}""", "priority")]
    [InlineData("""{"title": "T", "priority": 3}""", "priority")]
    [InlineData("""{"title": "T", "budget": -1}""", "budget")]
    [InlineData("""{"title": "T", "budget": 1e30}""", "budget")]
    [InlineData("""{"title": "T", "description": "a\u0000b"}""", "description")]
    [InlineData("""{"title": "T", "labels": "ops"}""", "labels")]
    [InlineData("""{"title": "T", "parent_id": "01a213f9-36ad-70af-b7a0-96b5dde3c855"}""", "parent_id")]
    [InlineData("""{"title": "T", "depends_on": ["01a213f9-36ad-70af-b7a0-96b5dde3c855"]}""", "depends_on")]
    [InlineData("""{"title": "T", "assigned_to": "01a213f9-36ad-70af-b7a0-96b5dde3c855"}""", "assigned_to")]
    public async Task Bad_fields_are_named(string body, string field)
    {
        var problem = await republic.Jonas.Api.ProblemAsync(400, HttpMethod.Post, Path, JsonNode.Parse(body));

        Assert.NotNull(problem["errors"]![field]);
    }

    [Fact]
    public async Task Who_does_it_is_said_and_nobody_by_null_alone()
    {
        var person = await republic.NewPersonAsync("Giver");
        var task = await NewAsync(person, new { title = "Given", assigned_to = person.Id });

        var problem = await person.Api.ProblemAsync(400, HttpMethod.Post, PathOf(task, "assign"), new { });
        Assert.NotNull(problem["errors"]!["citizen_id"]);
        await republic.Jonas.Api.ProblemAsync(404, HttpMethod.Post, PathOf(task, "assign"), new { });
        Assert.Equal(person.Id.ToString(), Text((await person.Api.GetAsync(PathOf(task)))["task"]!, "assigned_to"));

        var given = await person.Api.PostAsync(PathOf(task, "assign"), new { citizen_id = (string?)null });
        Assert.Null(given["task"]!["assigned_to"]);
    }

    [Fact]
    public async Task A_task_of_a_list_is_sent_back_without_losing_its_description()
    {
        var person = await republic.NewPersonAsync("Returner");
        await NewAsync(person, new { title = "Described", description = "Stays." });

        var listed = Assert.Single((await person.Api.GetAsync(Path))["tasks"]!.AsArray())!;

        Assert.Equal("Stays.", Text(listed, "description"));
        Assert.Equal("Stays.", Text(await ChangeAsync(person, listed, listed), "description"));
    }

    [Fact]
    public async Task Two_who_move_one_card_move_it_once()
    {
        var person = await republic.NewPersonAsync("Racers");
        var task = await NewAsync(person, new { title = "Card" });

        var moves = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(_ => person.Api.SendAsync(HttpMethod.Post, PathOf(task, "move"), new { status = "IN_PROGRESS", from = "TODO" }))
        );

        Assert.Equal([200, 409, 409, 409, 409, 409], moves.Select(move => (int)move.StatusCode).Order());
    }

    private static async Task<JsonNode> NewAsync(Inhabitant person, object task) => (await person.Api.PostAsync(Path, task))["task"]!;

    private static async Task<JsonNode> ChangeAsync(Inhabitant person, JsonNode task, object change) =>
        (await person.Api.PutAsync(PathOf(task), change))["task"]!;

    private static async Task<JsonNode> MoveAsync(Inhabitant person, JsonNode task, string status, bool insist = false) =>
        (await person.Api.PostAsync(PathOf(task, "move"), new { status, insist }))["task"]!;

    private static string PathOf(JsonNode task, string? more = null) => $"{Path}/{Id(task)}{(more is null ? "" : $"/{more}")}";

    private static string Id(JsonNode node) => (string)node["id"]!;

    private static string? Text(JsonNode node, string field) => (string?)node[field];
}
