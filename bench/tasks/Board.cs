using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Tasks.Board;

namespace Republic.Bench;

/// <summary>How long the tasks of one person take to be shown, listed and moved, one request after the other.</summary>
internal sealed class Board(Person person, TaskCards cards, TaskCounter counter, int requests)
{
    private const int WarmUp = 20;
    private const int Goal = 50;
    private static readonly CancellationToken None = CancellationToken.None;

    public static async Task RunAsync(string app, int requests, params int[] sizes)
    {
        await using var site = await Site.StartAsync(app);
        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddRepublicData(new DataFolder(Path.GetTempPath()), site.ConnectionString)
            .AddSingleton<TaskCards>()
            .AddSingleton<TaskCounter>()
            .BuildServiceProvider();
        foreach (var tasks in sizes)
        {
            using var person = new Person($"person{tasks}", site.Node.Address);
            await person.ArriveAsync();
            await Filling.FillAsync(site, person, tasks);
            await new Board(
                person,
                services.GetRequiredService<TaskCards>(),
                services.GetRequiredService<TaskCounter>(),
                requests
            ).MeasureAsync(tasks);
        }

        Console.WriteLine($"Load {File.ReadAllText("/proc/loadavg")[..14]}");
    }

    private async Task MeasureAsync(int tasks)
    {
        var page = await person.PageAsync("/tasks");
        Console.WriteLine($"{Counted.Of(tasks)} tasks; the page of the board has {Counted.Of(page.Length / 1000)} kB.\n");
        Console.WriteLine("| milliseconds | p50 | p99 | most | of |\n| --- | --- | --- | --- | --- |");
        var ids = await MovableAsync();
        var board = await RowAsync("the page of the board", _ => person.PageAsync("/tasks"));
        await RowAsync("the part of it that is fetched after a change", _ => person.PageAsync("/tasks", isPart: true));
        await RowAsync("a card dragged to another column, and the board after it", i => DragAsync(ids, i));
        await RowAsync("the page of the list", _ => person.PageAsync("/tasks?view=list"));
        await RowAsync("the cards of the board from the database", _ => cards.BoardAsync(person.Id, new TaskQuery(), None));
        await RowAsync("the numbers of the filters from the database", _ => counter.CountAsync(person.Id, DateTimeOffset.MaxValue, None));
        await RowAsync("API: 200 tasks of the list", _ => person.GetAsync("/api/tasks?limit=200"));
        await RowAsync("API: those of 200 that are blocked", _ => person.GetAsync("/api/tasks?limit=200&blocked=true"));
        await RowAsync("API: a move", i => person.PostAsync($"/api/tasks/{ids[i / 2 % ids.Count]}/move", Move(i)));
        await RowAsync("API: a new task that waits for another", _ => person.PostAsync("/api/tasks", Waiting(ids)));
        Console.WriteLine($"\nThe board within {Goal} ms (p99): {(board.P99 <= Goal ? "yes" : "no")}\n");
    }

    private async Task<Spread> RowAsync(string what, Func<int, Task> request)
    {
        for (var i = 0; i < WarmUp; i++)
        {
            await request(i);
        }

        List<double> took = [];
        for (var i = 0; i < requests; i++)
        {
            var begin = TimeProvider.System.GetTimestamp();
            await request(i);
            took.Add(TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds);
        }

        var spread = new Spread(took);
        Console.WriteLine($"| {what} | {spread} |");
        return spread;
    }

    /// <summary>Tasks to do that are neither wholes nor parts: nothing forbids to move them.</summary>
    private async Task<List<Guid>> MovableAsync()
    {
        var found = (await person.GetAsync("/api/tasks?status=TODO&limit=200"))["tasks"]!.AsArray();
        return
        [
            .. found
                .Where(task => task!["parent_id"] is null && task["children"]!.GetValue<int>() == 0)
                .Select(task => task!["id"]!.GetValue<Guid>()),
        ];
    }

    /// <summary>There and back again.</summary>
    private static string Column(int request) => request % 2 == 0 ? "IN_PROGRESS" : "TODO";

    private static JsonObject Move(int request) => new() { ["status"] = Column(request), ["insist"] = true };

    private static JsonObject Waiting(List<Guid> ids) => new() { ["title"] = "One more", ["depends_on"] = new JsonArray(ids[0]) };

    private Task DragAsync(List<Guid> ids, int request) =>
        person.SubmitAsync(
            $"/tasks?handler=Move&id={ids[request / 2 % ids.Count]}",
            new Dictionary<string, string> { ["to"] = Column(request), ["insist"] = "true" }
        );
}
