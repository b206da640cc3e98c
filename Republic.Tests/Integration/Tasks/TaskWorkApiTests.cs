using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Work;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>A minion's work on a task as the API starts, stops and lists it.</summary>
public sealed class TaskWorkApiTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_is_stopped_started_again_and_listed()
    {
        var person = await republic.NewPersonAsync("Foreman");
        var tasks = new Tasked(republic, person);
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var task = await tasks.MakeAsync(await MinionAsync(person, vendor));
        var path = $"/api/tasks/{task}";
        await hand.Asked;
        Assert.Equal(("IN_PROGRESS", true, false), Standing((await person.Api.GetAsync(path))["task"]!));
        var busy = await person.Api.ProblemAsync(409, HttpMethod.Post, $"{path}/start");
        Assert.Contains("A minion is at work on it.", Text(busy, "detail"), StringComparison.Ordinal);

        Assert.Equal(("IN_PROGRESS", false, false), Standing((await person.Api.PostAsync($"{path}/stop"))["task"]!));
        var idle = await person.Api.ProblemAsync(409, HttpMethod.Post, $"{path}/stop");
        Assert.Contains("No minion is at work on it.", Text(idle, "detail"), StringComparison.Ordinal);

        vendor.Answers("The row is 10382.");
        using var started = await person.Api.SendAsync(HttpMethod.Post, $"{path}/start");
        Assert.Equal((202, path), ((int)started.StatusCode, started.Headers.Location?.ToString()));
        await tasks.EndAsync(task, attempts: 2);

        var listed = await person.Api.GetAsync($"{path}/attempts");
        Assert.Equal(["handed_in", "stopped"], listed["attempts"]!.AsArray().Select(attempt => Text(attempt!, "state")));
        var spending = listed["spending"]!;
        Assert.Equal(
            (2, 3, 50_000, 900.0),
            (
                spending["starts_today"]!.GetValue<int>(),
                spending["starts_a_day"]!.GetValue<int>(),
                spending["max_tokens"]!.GetValue<int>(),
                spending["max_seconds"]!.GetValue<double>()
            )
        );
        Assert.Equal(("REVIEW", false, true), Standing((await person.Api.GetAsync(path))["task"]!));
    }

    [Fact]
    public async Task Attempts_are_read_in_pages_and_one_by_one()
    {
        var person = await republic.NewPersonAsync("Reader");
        var tasks = new Tasked(republic, person);
        await using var vendor = new FakeVendor();
        vendor.CutsAfter("Half");
        var task = await tasks.MakeAsync(await MinionAsync(person, vendor));
        await tasks.EndAsync(task);
        vendor.Answers("Whole.");
        Assert.True((await tasks.StartAsync(task)).Ok);
        await tasks.EndAsync(task, attempts: 2);
        var path = $"/api/tasks/{task}/attempts";

        var first = await person.Api.GetAsync($"{path}?limit=1");
        var second = await person.Api.GetAsync($"{path}?limit=1&cursor={Text(first, "next_cursor")}");

        Assert.Equal("Whole.", Text(Assert.Single(first["attempts"]!.AsArray())!, "text"));
        var failed = Assert.Single(second["attempts"]!.AsArray())!;
        Assert.Equal(("Half", "failed"), (Text(failed, "text"), Text(failed, "state")));
        var alone = (await person.Api.GetAsync($"{path}/{Text(failed, "id")}"))["attempt"]!;
        Assert.Equal(Text(failed, "error"), Text(alone, "error"));
        await person.Api.ProblemAsync(400, HttpMethod.Get, $"{path}?cursor=nonsense");
        var other = await tasks.MakeAsync(null, "Another");
        await person.Api.ProblemAsync(404, HttpMethod.Get, $"/api/tasks/{other}/attempts/{Text(failed, "id")}");
    }

    [Fact]
    public async Task Another_persons_work_does_not_exist()
    {
        var tasks = new Tasked(republic, republic.Jonas);
        await using var vendor = new FakeVendor();
        var task = await tasks.MakeAsync(await MinionAsync(republic.Jonas, vendor));
        var attempt = await tasks.EndAsync(task);
        var path = $"/api/tasks/{task}";

        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Get, $"{path}/attempts");
        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Get, $"{path}/attempts?cursor=nonsense");
        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Get, $"{path}/attempts/{attempt.Id}");
        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Post, $"{path}/start");
        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Post, $"{path}/stop");
        Assert.Single(await tasks.AttemptsAsync(task));
    }

    [Fact]
    public async Task A_budget_that_is_used_up_and_a_fourth_start_of_a_day_are_refused()
    {
        var person = await republic.NewPersonAsync("Spender");
        var tasks = new Tasked(republic, person);
        await using var vendor = new FakeVendor();
        vendor.CutsAfter("Half");
        var task = await tasks.MakeAsync(await MinionAsync(person, vendor), budget: 0.10m);
        await tasks.EndAsync(task);
        await republic.QueryAsync(db =>
            db.TaskAttempts.Where(a => a.TaskId == task).ExecuteUpdateAsync(set => set.SetProperty(a => a.Cost, 0.11m), Ct)
        );
        var path = $"/api/tasks/{task}";

        var poor = await person.Api.ProblemAsync(402, HttpMethod.Post, $"{path}/start");
        Assert.Contains("$0.10 is used up: $0.11", Text(poor, "detail"), StringComparison.Ordinal);

        await person.Api.PutAsync(path, new { budget = 0.2 });
        for (var start = 2; start <= 3; start++)
        {
            await person.Api.PostAsync($"{path}/start");
            await tasks.EndAsync(task, start);
        }

        using var tired = await person.Api.SendAsync(HttpMethod.Post, $"{path}/start");
        Assert.Equal(429, (int)tired.StatusCode);
        Assert.True(tired.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task Tasks_that_wait_for_their_person_are_found_and_counted()
    {
        var person = await republic.NewPersonAsync("Awaited");
        var tasks = new Tasked(republic, person);
        await using var vendor = new FakeVendor();
        var minion = await MinionAsync(person, vendor);
        vendor.Answers("NEEDS: the password of the archive");
        var asked = await tasks.MakeAsync(minion, "Asks");
        await tasks.EndAsync(asked);
        vendor.Answers("Done.");
        var handedIn = await tasks.MakeAsync(minion, "Hands in");
        await tasks.EndAsync(handedIn);
        await tasks.MoveAsync(await tasks.MakeAsync(person.Id, "Their own"), WorkTaskStatus.Review);
        await tasks.MakeAsync(null, "Nobody's");

        await WaitAsync(person, "Hands in", "Asks");
        await tasks.AssignAsync(handedIn, person.Id);
        await WaitAsync(person, "Asks");
        await tasks.SayAsync(asked, "It is hunter2.");
        Assert.Equal(TaskAttemptState.HandedIn, (await tasks.EndAsync(asked, attempts: 2)).State);
        await WaitAsync(person, "Asks");
        await tasks.MoveAsync(asked, WorkTaskStatus.Done);
        await WaitAsync(person);
    }

    /// <summary>The filter, the counts of the board and the one in the navigation agree.</summary>
    private async Task WaitAsync(Inhabitant person, params string[] titles)
    {
        var found = (await person.Api.GetAsync("/api/tasks?waiting=true"))["tasks"]!.AsArray();
        Assert.Equal(titles, found.Select(task => Text(task!, "title")));
        Assert.All(found, task => Assert.True(task!["waiting"]!.GetValue<bool>()));
        var all = (await person.Api.GetAsync("/api/tasks"))["tasks"]!.AsArray();
        Assert.Equal(titles.Length, all.Count(task => task!["waiting"]!.GetValue<bool>()));
        var counter = republic.Services.GetRequiredService<TaskCounter>();
        Assert.Equal(titles.Length, (await counter.CountAsync(person.Id, DateTimeOffset.UnixEpoch, Ct)).Waiting);
        var shown = await (await person.BrowserAsync()).ReadAsync("/tasks/waiting");
        Assert.Equal(titles.Length > 0, shown.Contains($"{titles.Length}<span class=\"vh\"> waiting for you", StringComparison.Ordinal));
    }

    private static (string? Status, bool Working, bool Waiting) Standing(JsonNode task) =>
        (Text(task, "status"), task["working"]!.GetValue<bool>(), task["waiting"]!.GetValue<bool>());

    private static string? Text(JsonNode json, string field) => (string?)json[field];

    private static async Task<Guid> MinionAsync(Inhabitant person, FakeVendor vendor) =>
        (await person.NewMinionAsync($"m-{Guid.CreateVersion7():N}", vendor)).Id;
}
