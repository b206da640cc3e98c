using System.Text.Json.Nodes;
using Republic.Web.Cli.Tasks;

namespace Republic.Tests.Unit.Cli;

public sealed class TasksArgumentsTests
{
    private const string Server = "http://localhost:5080";

    [Theory]
    [InlineData("There is no command \"tasks shwo\". See republic tasks --help.", "shwo")]
    [InlineData("Which Republic is meant? --url, or REPUBLIC_URL in the environment", "--json")]
    [InlineData("republic tasks has no option --colour. See republic tasks --help.", "--colour", "--url", Server)]
    [InlineData("A status is todo, in-progress, review, done or archive, and later is none", "--status", "later", "--url", Server)]
    [InlineData("Which task? Give its number, such as T-53.", "show", "--url", Server)]
    [InlineData("A task is given by its number, such as T-53, and row is none.", "show", "row", "--url", Server)]
    [InlineData("and 0 is none.", "stop", "0", "--url", Server)]
    [InlineData("and T-99999999999 is none.", "start", "T-99999999999", "--url", Server)]
    [InlineData("Where to? Give a status", "move", "T-53", "--url", Server)]
    [InlineData("Who does it?", "assign", "T-53", "--url", Server)]
    [InlineData("What is the comment? Give its text.", "comment", "T-53", " ", "--url", Server)]
    [InlineData("the is one word too many. Put what has spaces in quotes.", "new", "Renew", "the", "certificate", "--url", Server)]
    [InlineData("What is to be done? Give a title.", "new", "--url", Server)]
    [InlineData("--due needs a day such as 2026-12-04, and friday is none.", "new", "x", "--due", "friday", "--url", Server)]
    [InlineData("--due needs a day", "new", "x", "--due", "2026-02-30", "--url", Server)]
    [InlineData("--priority takes none, low, medium, high or urgent, and 3", "new", "x", "--priority", "3", "--url", Server)]
    [InlineData("republic tasks move has no option --json", "move", "T-53", "done", "--json", "--url", Server)]
    public void What_cannot_be_asked_is_refused_in_one_line(string expected, params string[] args)
    {
        var refused = TasksArguments.Parse(args, address: null).Failure!.Message;

        Assert.Contains(expected, refused, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused);
    }

    [Theory]
    [InlineData("TODO", "todo")]
    [InlineData("TODO", "To do")]
    [InlineData("IN_PROGRESS", "in-progress")]
    [InlineData("IN_PROGRESS", "IN_PROGRESS")]
    [InlineData("REVIEW", "Review")]
    [InlineData("ARCHIVED", "archive")]
    [InlineData("ARCHIVED", "archived")]
    public void A_status_is_understood_as_it_is_read(string expected, string word) =>
        Assert.Equal(expected, TasksArguments.Parse(["move", "t-53", word], Server).Value!.Status);

    [Theory]
    [InlineData(53, "T-53")]
    [InlineData(53, "t-53")]
    [InlineData(53, "53")]
    public void A_task_is_given_by_its_number(int expected, string word) =>
        Assert.Equal(expected, TasksArguments.Parse(["show", word], Server).Value!.Number);

    [Fact]
    public void A_text_may_begin_with_a_dash() =>
        Assert.Equal("- one\n- two", TasksArguments.Parse(["comment", "53", "- one\n- two"], Server).Value!.Text);

    [Fact]
    public void A_new_task_has_what_was_given_and_nothing_else()
    {
        var whole = TasksArguments.Parse(
            [
                "new",
                "--description",
                "Before Friday.",
                "Renew it",
                "--label=ops",
                "--label",
                "web",
                "--due",
                "2026-12-04",
                "--priority",
                "High",
                "--assign",
                "Pim",
            ],
            Server
        );
        var bare = TasksArguments.Parse(["new", "Renew it"], Server);

        Assert.Equal("Pim", whole.Value!.Who);
        Same(
            """{"title":"Renew it","description":"Before Friday.","priority":"high","due_at":"2026-12-04T00:00:00Z","labels":["ops","web"]}""",
            whole.Value.Fields
        );
        Same("""{"title":"Renew it"}""", bare.Value!.Fields);
    }

    private static void Same(string expected, JsonObject fields) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), fields), fields.ToJsonString());
}
