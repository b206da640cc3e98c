using System.Text.Json.Nodes;
using Republic.Tests.World;
using Republic.Web.Cli.Tasks;

namespace Republic.Tests.Integration.Cli;

/// <summary><c>republic tasks</c>, beside a server that plays the API.</summary>
public sealed partial class TasksTests : IAsyncDisposable
{
    private const string List = "GET /api/tasks?limit=200";
    private const string Task53 = "GET /api/tasks/0198-a";

    private const string Row = """
        {"id":"0198-a","number":53,"title":"Find the row","status":"IN_PROGRESS","assigned_to":"0198-m","blocked_by":[],"priority":"high","working":false,"waiting":false,
         "due_at":"2026-12-04T00:00:00+00:00","labels":["ops","#1"],"parent_id":"0198-b","children":3,"children_done":1,"round":2,"budget":0.5,
         "attachments":2,"capability":"data cleaning","created_at":"2026-11-25T03:41:00+00:00","something_new":{"deep":[1]},
         "description":"1,204 rows on the screen.\r\n\r\n  1,203 in the file, which is one fewer than there should be of them."}
        """;
    private const string Whole = """
        {"id":"0198-b","number":7,"title":"Compare the two exports line by line and say which of the rows differ","status":"TODO",
         "blocked_by":["0198-a"],"priority":"none"}
        """;

    private readonly PlayedApi api = new();
    private readonly StringWriter output = new() { NewLine = "\n" };
    private readonly StringWriter error = new() { NewLine = "\n" };

    public TasksTests()
    {
        api.Says(
            "GET /api/citizens?limit=200",
            """
            {"citizens":[{"id":"0198-p","kind":"person","display_name":"Mira","username":"mira"},
                         {"id":"0198-m","kind":"minion","display_name":"Pim"},{"id":"0198-n","kind":"minion","display_name":"Bo"},
                         {"id":"0198-o","kind":"minion","display_name":"bo"},{"id":"0198-q","kind":"person","display_name":"Ada","username":null}],
             "next_cursor":null}
            """
        );
        api.Says("GET /api/tasks?q=T-53&limit=200", $$"""{"tasks":[{{Whole}},{{Row}}],"next_cursor":null}""");
        api.Says(Task53, $$"""{"task":{{Row}}}""");
        api.Says("GET /api/tasks/0198-b", $$"""{"task":{{Whole}}}""");
    }

    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        await output.DisposeAsync();
        await error.DisposeAsync();
    }

    [Fact]
    public async Task The_list_is_a_table_that_fits_the_terminal()
    {
        api.Says(List, $$"""{"tasks":[{{Row}},{{Whole}}],"next_cursor":null}""");

        Assert.Equal(0, await RunAsync());

        Assert.Equal(
            """
            Task  Status       Priority  Due         Done by  Title
            T-53  in progress  high      2026-12-04  Pim      Find the row
            T-7   blocked                                     Compare the two exports line …

            """,
            output.ToString()
        );
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public async Task What_no_task_has_takes_no_column_and_no_title_is_cut_in_a_file()
    {
        api.Says(List, $$"""{"tasks":[{{Whole}}]}""");

        Assert.Equal(0, await Command(width: 0).RunAsync([], TestContext.Current.CancellationToken));

        Assert.Equal(
            """
            Task  Status   Title
            T-7   blocked  Compare the two exports line by line and say which of the rows differ

            """,
            output.ToString()
        );
    }

    [Theory]
    [InlineData("status=REVIEW&", "--status", "review")]
    [InlineData("assigned_to=0198-m&", "--assigned-to", "pim")]
    [InlineData("assigned_to=0198-p&", "--assigned-to", "me")]
    [InlineData("assigned_to=0198-n&", "--assigned-to", "0198-n")]
    [InlineData("shared=true&", "--shared")]
    [InlineData("status=TODO&waiting=true&blocked=true&", "--blocked", "--waiting", "--status", "to do")]
    public async Task The_list_asks_for_what_was_named(string query, params string[] args)
    {
        api.Says($"GET /api/tasks?{query}limit=200", """{"tasks":[]}""");

        Assert.Equal(0, await RunAsync(args));

        Assert.Equal("No task matches.\n", output.ToString());
    }

    [Theory]
    [InlineData("waits for you", "waiting")]
    [InlineData("at work", "working")]
    public async Task A_task_with_its_minion_says_so_instead_of_its_state(string expected, string member)
    {
        var row = Row.Replace($"\"{member}\":false", $"\"{member}\":true");
        api.Says(List, $$"""{"tasks":[{{row}}]}""");

        Assert.Equal(0, await RunAsync());

        Assert.Contains($"\nT-53  {expected} ", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_json_it_is_what_the_api_sends_with_all_pages_in_one()
    {
        api.Says(List, $$"""{"tasks":[{{Row}}],"next_cursor":"a b"}""");
        api.Says($"{List}&cursor=a%20b", $$"""{"tasks":[{{Whole}}],"next_cursor":null}""");

        Assert.Equal(0, await RunAsync("--json"));

        var printed = JsonNode.Parse(output.ToString())!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($"[{Row},{Whole}]"), printed["tasks"]));
        Assert.Null(printed["next_cursor"]);
    }

    [Fact]
    public async Task Without_tasks_it_says_how_one_is_added()
    {
        api.Says(List, """{"tasks":[]}""");

        Assert.Equal(0, await RunAsync());

        Assert.Equal($"You have no tasks there. republic tasks new adds one, as does {api.Url}/tasks.\n", output.ToString());
    }

    [Fact]
    public async Task A_task_is_shown_with_all_that_is_known()
    {
        api.Says(
            "GET /api/tasks/0198-a/attempts?limit=1",
            """{"attempts":[{"state":"failed","error":"It was interrupted."}],"spending":{"spent":0.1234,"budget":0.5}}"""
        );
        api.Says(
            "GET /api/tasks/0198-a/comments?limit=200",
            """
            {"comments":[{"user_id":"0198-m","content":"Nothing differs.","kind":"hand-in","created_at":"2026-11-25T04:00:00Z"},
                         {"user_id":"0198-x","content":"Compare by order number,\nnot by line.","kind":"comment","created_at":"2026-11-25T05:00:00Z"},
                         {"user_id":null,"content":"Both are right.","kind":"comment","created_at":"2026-11-25T06:00:00Z"}]}
            """
        );

        Assert.Equal(0, await RunAsync("show", "T-53"));

        Assert.Equal(
            $"""
            T-53  Find the row

            Status      in progress, round 2
            Done by     Pim
            Work        failed: It was interrupted.
            Priority    high
            Due         2026-12-04
            Labels      ops, #1
            Part of     T-7 Compare the two exports line by line and say which of the rows
                        differ (to do)
            Parts       1 of 3 done
            Files       2
            Counts for  data cleaning
            Spent       $0.12 of $0.50
            Made        2026-11-25 03:41 UTC
            Page        {api.Url}/tasks/0198-a

            1,204 rows on the screen.

              1,203 in the file, which is one fewer than there should be of them.

            Pim, 2026-11-25 04:00 UTC, handed in
              Nothing differs.

            somebody, 2026-11-25 05:00 UTC
              Compare by order number,
              not by line.

            A former member, 2026-11-25 06:00 UTC
              Both are right.

            """,
            output.ToString()
        );
    }

    [Fact]
    public async Task A_task_of_the_archive_is_found_too_and_one_that_is_not_there_is_said()
    {
        api.Says("GET /api/tasks?q=T-7&limit=200", """{"tasks":[]}""");
        api.Says("GET /api/tasks?q=T-7&status=ARCHIVED&limit=200", $$"""{"tasks":[{{Whole}}]}""");
        api.Says("GET /api/tasks?q=T-5&limit=200", $$"""{"tasks":[{{Row}}]}""");
        api.Says("GET /api/tasks?q=T-5&status=ARCHIVED&limit=200", """{"tasks":[]}""");

        Assert.Equal((0, 1), (await RunAsync("show", "7", "--json"), await RunAsync("show", "T-5")));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Whole), JsonNode.Parse(output.ToString())));
        Assert.Equal("You have no task T-5 there. republic tasks shows them.\n", error.ToString());
    }

    [Fact]
    public async Task A_new_task_is_sent_with_the_id_of_its_minion()
    {
        api.Answers("POST /api/tasks", "201 Created", $$"""{"task":{{Row}}}""");

        Assert.Equal(0, await RunAsync("new", "Find the row", "--assign", "Pim"));

        Assert.Equal($"T-53 Find the row: in progress, done by Pim.\n{api.Url}/tasks/0198-a\n", output.ToString());
        Assert.Equal("""{"title":"Find the row","assigned_to":"0198-m"}""", BodyOf("POST /api/tasks"));
    }

    [Theory]
    [InlineData("""{"status":"DONE","insist":false}""", "move", "T-53", "done")]
    [InlineData("""{"status":"IN_PROGRESS","insist":true}""", "move", "T-53", "in-progress", "--insist")]
    [InlineData("""{"citizen_id":"0198-m"}""", "assign", "T-53", "Pim")]
    [InlineData("""{"citizen_id":null}""", "assign", "T-53", "nobody")]
    [InlineData("", "start", "T-53")]
    [InlineData("", "stop", "T-53")]
    public async Task A_change_is_sent_and_the_task_told_as_it_is_then(string body, params string[] args)
    {
        var door = $"POST /api/tasks/0198-a/{args[0]}";
        api.Says(door, $$"""{"task":{{Row}}}""");

        Assert.Equal(0, await RunAsync(args));

        Assert.Equal("T-53 Find the row: in progress, done by Pim.\n", output.ToString());
        Assert.Equal(body, BodyOf(door));
    }

    [Fact]
    public async Task A_comment_is_sent_as_it_was_written()
    {
        api.Answers("POST /api/tasks/0198-a/comments", "201 Created", """{"comment":{"id":"c"}}""");

        Assert.Equal(0, await RunAsync("comment", "T-53", "Compare by number.\nNot by line."));

        Assert.Equal("T-53 has your comment.\n", output.ToString());
        Assert.Equal("""{"content":"Compare by number.\nNot by line."}""", BodyOf("POST /api/tasks/0198-a/comments"));
    }

    [Fact]
    public async Task A_name_that_nobody_has_or_two_have_changes_nothing()
    {
        Assert.Equal((1, 1), (await RunAsync("assign", "T-53", "Sage"), await RunAsync("assign", "T-53", "BO")));

        Assert.Equal(
            """
            None of your minions is called Sage. They are Pim, Bo, bo, me.
            BO is the name of 2. Give an id: 0198-n, 0198-o.

            """,
            error.ToString()
        );
        Assert.DoesNotContain(api.Asked, door => door.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Text_from_elsewhere_steers_no_terminal()
    {
        var hostile = """{"id":"x","number":1,"status":"ODD\u001b[2J","title":"a\u001b[31m\r\nb\u202eexe","priority":"\u009b1A"}""";
        api.Says(List, $$"""{"tasks":[{{hostile}}]}""");
        api.Says("GET /api/tasks?q=T-1&limit=200", $$"""{"tasks":[{{hostile}}]}""");
        api.Says("GET /api/tasks/x", $$"""{"task":{{hostile}}}""");
        api.Says("GET /api/tasks/x/attempts?limit=1", """{"attempts":[]}""");
        api.Says("GET /api/tasks/x/comments?limit=200", """{"comments":[{"content":"\u001b]0;x\u0007\u2066ok","user_id":"\u001b"}]}""");

        Assert.Equal((0, 0), (await RunAsync(), await RunAsync("show", "T-1")));

        Assert.DoesNotContain(output.ToString(), letter => letter is '\u202e' or '\u2066' || (char.IsControl(letter) && letter != '\n'));
    }

    [Fact]
    public async Task What_sends_tasks_without_a_number_is_no_republic()
    {
        api.Says(List, """{"tasks":[{"id":"x","status":"TODO"}]}""");

        Assert.Equal(2, await RunAsync());

        Assert.Contains("Is the address right?", error.ToString(), StringComparison.Ordinal);
    }

    private string BodyOf(string door) =>
        Assert.Single(api.Requests, request => request.StartsWith(door + " ", StringComparison.Ordinal)).Split("\r\n\r\n")[1];

    private Task<int> RunAsync(params string[] args) => Command(width: 80).RunAsync(args, TestContext.Current.CancellationToken);

    private TasksCommand Command(int width) =>
        new(output, error, name => name == "REPUBLIC_TOKEN" ? "rpat_0123456789" : api.Url) { Width = width };
}
