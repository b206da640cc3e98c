using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Editing;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>A person with ten thousand tasks, each of which waits for the one before it.</summary>
public sealed class TaskCrowdTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const int Many = 10_000;

    [Fact]
    public async Task Ten_thousand_tasks_are_shown_listed_moved_and_kept_free_of_cycles()
    {
        var person = await republic.NewPersonAsync("Hoarder");
        var first = await NewAsync(person, new { title = "Task 1" });
        await PlantedTasks.CopyAsync(republic, first, Many);

        var browser = await person.BrowserAsync();
        var board = await browser.ReadAsync("/tasks");
        Assert.Equal(
            4 * TaskCards.MostOfColumn,
            Regex.Count(board, "id=\"task-[0-9a-f-]{36}\"", RegexOptions.None, TimeSpan.FromSeconds(5))
        );
        Assert.Contains($"The first {TaskCards.MostOfColumn} are shown.", board, StringComparison.Ordinal);
        await browser.ReadAsync("/tasks?view=list");
        await browser.ReadAsync("/tasks?blocked=true");

        var page = await person.Api.GetAsync("/api/tasks?limit=1000");
        Assert.Equal(TaskCards.MaxPage, page["tasks"]!.AsArray().Count);
        Assert.NotNull(page["next_cursor"]);
        var (second, last) = (await IdAsync(person, 2), await IdAsync(person, Many));

        var refused = await person.Api.ProblemAsync(409, HttpMethod.Post, $"/api/tasks/{first}/dependencies", new { depends_on_id = last });
        Assert.Contains("waits for this one", (string?)refused["detail"], StringComparison.Ordinal);
        await person.Api.ProblemAsync(409, HttpMethod.Put, $"/api/tasks/{last}", new { parent_id = first });
        await person.Api.DeleteAsync($"/api/tasks/{second}/dependencies/{first}");
        await person.Api.PostAsync($"/api/tasks/{first}/dependencies", new { depends_on_id = last });
        await person.Api.ProblemAsync(409, HttpMethod.Post, $"/api/tasks/{second}/dependencies", new { depends_on_id = first });

        var moved = await person.Api.PostAsync($"/api/tasks/{last}/move", new { status = "DONE", insist = true });
        Assert.Equal("DONE", (string?)moved["task"]!["status"]);
        var next = await person.Api.PostAsync("/api/tasks", new { title = "One more" });
        Assert.Equal(Many + 1, next["task"]!["number"]!.GetValue<int>());
    }

    [Fact]
    public async Task Who_has_as_many_tasks_as_there_may_be_makes_no_more()
    {
        var person = await republic.NewPersonAsync("Full");
        await PlantedTasks.CopyAsync(republic, await NewAsync(person, new { title = "Task 1" }), TaskEditor.Most);

        var refused = await person.Api.ProblemAsync(409, HttpMethod.Post, "/api/tasks", new { title = "One too many" });

        Assert.Contains("20,000 tasks", (string?)refused["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_waits_for_fifty_names_each_of_them_once()
    {
        var person = await republic.NewPersonAsync("Patient");
        List<Guid> others = [];
        for (var other = 0; other < 50; other++)
        {
            others.Add(await NewAsync(person, new { title = $"Other {other}" }));
        }

        var task = await NewAsync(person, new { title = "Last of all", depends_on = others });
        await person.Api.PostAsync($"/api/tasks/{others[0]}/move", new { status = "DONE" });

        var listed = (await person.Api.GetAsync("/api/tasks?blocked=true"))["tasks"]!.AsArray();
        var card = Assert.Single(listed)!;
        Assert.Equal(task, card["id"]!.GetValue<Guid>());
        Assert.Equal(others.Order(), Ids(card["depends_on"]!).Order());
        Assert.Equal(others.Skip(1), Ids(card["blocked_by"]!));
        await person.Api.ProblemAsync(
            409,
            HttpMethod.Post,
            $"/api/tasks/{task}/dependencies",
            new { depends_on_id = await NewAsync(person, new { title = "One too many" }) }
        );
    }

    private static IEnumerable<Guid> Ids(JsonNode list) => list.AsArray().Select(id => id!.GetValue<Guid>());

    private static async Task<Guid> NewAsync(Inhabitant person, object task) =>
        (await person.Api.PostAsync("/api/tasks", task))["task"]!["id"]!.GetValue<Guid>();

    private static async Task<Guid> IdAsync(Inhabitant person, int number)
    {
        var found = (await person.Api.GetAsync($"/api/tasks?q=T-{number}"))["tasks"]!.AsArray();
        return found.Single(task => task!["number"]!.GetValue<int>() == number)!["id"]!.GetValue<Guid>();
    }
}
