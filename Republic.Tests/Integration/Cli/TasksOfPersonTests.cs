using System.Text.Json.Nodes;
using Republic.Tests.World;
using Republic.Web.Cli.Tasks;

namespace Republic.Tests.Integration.Cli;

/// <summary><c>republic tasks</c> at a real Republic.</summary>
public sealed class TasksOfPersonTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_task_is_added_listed_given_moved_and_written_under()
    {
        var person = await republic.NewPersonAsync("Typist");
        var first = await RunAsync(person, "new", "Find the row", "--priority", "high", "--due", "2026-12-04", "--label", "ops");
        await RunAsync(person, "new", "Compare the exports", "--description", "Line by line.", "--assign", "me");

        Assert.StartsWith("T-1 Find the row: to do.\n", first.Output, StringComparison.Ordinal);
        Assert.Equal("T-1 Find the row: in progress.\n", (await RunAsync(person, "move", "T-1", "in-progress")).Output);
        Assert.Equal($"T-1 Find the row: in progress, done by {person.Name}.\n", (await RunAsync(person, "assign", "1", "me")).Output);
        Assert.Equal("T-1 has your comment.\n", (await RunAsync(person, "comment", "T-1", "- by number")).Output);
        Assert.Contains("T-1   in progress  high      2026-12-04", (await RunAsync(person)).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("T-2", (await RunAsync(person, "--status", "in progress")).Output, StringComparison.Ordinal);
        Assert.Equal("No task matches.\n", (await RunAsync(person, "--blocked")).Output);
        var shown = JsonNode.Parse((await RunAsync(person, "show", "T-2", "--json")).Output)!;
        Assert.Equal("Line by line.", (string?)shown["description"]);
    }

    [Fact]
    public async Task What_waits_for_others_is_moved_only_by_insisting_and_what_was_put_away_is_found()
    {
        var person = await republic.NewPersonAsync("Insister");
        var first = (string?)(await person.Api.PostAsync("/api/tasks", new { title = "First" }))["task"]!["id"];
        await person.Api.PostAsync("/api/tasks", new { title = "Second", depends_on = new[] { first } });

        var refused = await RunAsync(person, "move", "T-2", "in-progress");

        Assert.Equal((1, "It waits for T-1. Finish that first, or insist.\n"), (refused.ExitCode, refused.Error));
        Assert.Contains("T-2   blocked  Second", (await RunAsync(person, "--blocked")).Output, StringComparison.Ordinal);
        Assert.Equal("T-2 Second: in progress.\n", (await RunAsync(person, "move", "T-2", "in-progress", "--insist")).Output);
        Assert.Equal("T-2 Second: archive.\n", (await RunAsync(person, "move", "T-2", "archive")).Output);
        Assert.Equal("T-2 Second: to do.\n", (await RunAsync(person, "move", "T-2", "todo", "--insist")).Output);
    }

    [Fact]
    public async Task Nobody_sees_or_changes_the_tasks_of_others()
    {
        var (person, other) = (await republic.NewPersonAsync("Keeper"), await republic.NewPersonAsync("Looker"));
        await RunAsync(person, "new", "Mine");

        var looked = await RunAsync(other, "show", "T-1", "--json");

        Assert.Equal((1, "You have no task T-1 there. republic tasks shows them.\n"), (looked.ExitCode, looked.Error));
        Assert.Equal(1, (await RunAsync(other, "move", "T-1", "done")).ExitCode);
    }

    [Fact]
    public async Task What_others_share_is_listed_shown_moved_and_written_under()
    {
        var (owner, guest) = (await republic.NewPersonAsync("Sharer"), await republic.NewPersonAsync("Sharee"));
        var shared = await SharedTask.MakeAsync(owner);
        await shared.AcceptedByAsync(guest);
        await owner.Api.PostAsync($"{shared.Path}/assign", new { citizen_id = guest.Id });

        Assert.Contains("T-1   Sharer     to do   Sharee   Lay out the garden", (await RunAsync(guest, "--shared")).Output);
        var sheet = (await RunAsync(guest, "show", "T-1", "--shared")).Output;
        Assert.Contains("\nShared by   Sharer\n", sheet, StringComparison.Ordinal);
        Assert.Contains("The owner wrote this", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("Spent", sheet, StringComparison.Ordinal);
        Assert.Equal("T-1 has your comment.\n", (await RunAsync(guest, "comment", "T-1", "Fine.", "--shared")).Output);
        Assert.Equal(
            "T-1 Lay out the garden: review, done by Sharee.\n",
            (await RunAsync(guest, "move", "T-1", "review", "--shared")).Output
        );
        Assert.Equal("You have no task T-1 there. republic tasks shows them.\n", (await RunAsync(guest, "show", "T-1")).Error);
        Assert.StartsWith("T-1 Mine: to do, done by Sharee.\n", (await RunAsync(guest, "new", "Mine", "--assign", "me")).Output);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(Inhabitant person, params string[] args)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var token = person.Api.Http.DefaultRequestHeaders.Authorization!.Parameter;
        var command = new TasksCommand(output, error, name => name == "REPUBLIC_TOKEN" ? token : republic.Address.ToString());
        var code = await command.RunAsync(args, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
