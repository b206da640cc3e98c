using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Board;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>What the board asks of the database, of which each open tab asks again whenever a task changes.</summary>
public sealed class TaskQueryTests(RecordedRepublic republic) : IClassFixture<RecordedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_board_that_is_looked_at_again_asks_nine_questions()
    {
        var person = await republic.NewPersonAsync("Watcher");
        var tasks = new Tasked(republic, person);
        await tasks.MakeAsync(null, "Waits", dependsOn: await tasks.MakeAsync(person.Id, "First"));
        var browser = await person.BrowserAsync();
        await browser.ReadAsync("/tasks");

        var asked = await republic.AskedAsync(
            "",
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/tasks");
                request.Headers.Add("HX-Request", "true");
                using var answer = await browser.Http.SendAsync(request, Ct);
                Assert.Contains("Waits", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
            }
        );

        string[] tables = ["tasks", "task_", "citizens", "minions"];
        Assert.Equal(7, asked.Count(command => tables.Any(table => command.Contains($" {table}", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task The_numbers_of_the_filters_are_those_of_their_tasks()
    {
        var (person, owner) = (await republic.NewPersonAsync("Counter"), await republic.NewPersonAsync("Sharer"));
        var tasks = new Tasked(republic, person);
        var minion = (await person.NewMinionAsync("resting")).Id;
        var counter = republic.Services.GetRequiredService<TaskCounter>();
        var none = await counter.CountAsync(person.Id, DateTimeOffset.MaxValue, Ct);
        Assert.Equal((0, 0, 0), (none.All, none.Mine, none.Waiting));
        Assert.Empty(none.Assignees);

        var first = await tasks.MakeAsync(person.Id, "First");
        await tasks.MakeAsync(minion, "Waits for it", dependsOn: first);
        await tasks.MoveAsync(await tasks.MakeAsync(person.Id, "Done"), WorkTaskStatus.Done);
        await tasks.MoveAsync(await tasks.MakeAsync(null, "Archived"), WorkTaskStatus.Archived);
        await tasks.MoveAsync(await tasks.MakeAsync(null, "Looked at"), WorkTaskStatus.Review);
        await person.Api.PostAsync("/api/tasks", new { title = "Due", due_at = "2026-12-04T17:30:00Z" });
        await person.Api.PostAsync("/api/tasks", new { title = "Due later", due_at = "2027-12-04T17:30:00Z" });
        var shared = await SharedTask.MakeAsync(owner);
        await owner.Api.PostAsync($"{shared.Path}/shares", new { username = person.Name });
        await SharedTask.AcceptAsync(person);
        await owner.Api.PostAsync($"{shared.Path}/assign", new { citizen_id = person.Id });
        await owner.Api.PostAsync($"{(await SharedTask.MakeAsync(owner)).Path}/shares", new { username = person.Name });

        var counts = await counter.CountAsync(person.Id, new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), Ct);
        Assert.Equal((6, 5, 1, 1, 1), (counts.All, counts.Open, counts.Review, counts.Blocked, counts.Due));
        Assert.Equal((3, 0, 1, 1), (counts.Mine, counts.Waiting, counts.Shared, counts.Invitations));
        Assert.Equal([(person.Id, 2), (minion, 1)], counts.Assignees.Select(one => (one.Citizen.Id, one.Tasks)));
    }
}
