using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Citizens.Fields;
using Republic.Core.Tasks;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>The tools for tasks and for the time: whose tasks they reach, and in whose name.</summary>
public sealed class TaskToolTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly Inhabitant jonas = republic.Jonas;
    private readonly Inhabitant ada = republic.Ada;

    [Fact]
    public async Task Tasks_are_made_on_the_persons_board_read_and_commented_by_the_minion()
    {
        var sage = await jonas.NewMinionAsync("clerk");
        var tools = await CalledTools.OpenAsync(republic, sage.Id);

        var made = await tools.CallAsync("create_task", new { title = "Paint the boat", description = "Blue, twice." });

        var task = await republic.QueryAsync(db => db.Tasks.SingleAsync(t => t.OwnerId == jonas.Id && t.Title == "Paint the boat", Ct));
        Assert.Equal($"Made T-{task.Number} at /tasks/{task.Id}.", made);
        Assert.Equal((WorkTaskStatus.Todo, "Blue, twice."), (task.Status, task.Description));
        Assert.Contains($"T-{task.Number} “Paint the boat”, To do", await tools.CallAsync("read_task"), StringComparison.Ordinal);
        Assert.False(tools.Session.HasReadOthers);

        var said = await tools.CallAsync("comment_task", new { task = $"T-{task.Number}", text = "The paint is **bought**." });

        Assert.Equal($"The comment stands under T-{task.Number} at /tasks/{task.Id}.", said);
        var comment = await republic.QueryAsync(db => db.TaskComments.SingleAsync(c => c.TaskId == task.Id, Ct));
        Assert.Equal(((Guid?)sage.Id, "The paint is **bought**."), (comment.CitizenId, comment.Content));
        var read = await tools.CallAsync("read_task", new { task = $"{task.Number}" });
        Assert.Contains("Blue, twice.", read, StringComparison.Ordinal);
        Assert.Contains("The paint is **bought**.", read, StringComparison.Ordinal);
        Assert.True(tools.Session.HasReadOthers);
        Assert.StartsWith("The title", await tools.RefusedAsync("create_task", new { title = " " }), StringComparison.Ordinal);
        Assert.StartsWith(
            "The comment",
            await tools.RefusedAsync("comment_task", new { task = task.Id, text = "" }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_task_of_somebody_else_is_neither_read_nor_commented()
    {
        var sage = await jonas.NewMinionAsync("snooper");
        var secret = await new Tasked(republic, ada).MakeAsync(minion: null, "Hide the letters");
        var tools = await CalledTools.OpenAsync(republic, sage.Id);

        Assert.StartsWith("There is no such task", await tools.RefusedAsync("read_task", new { task = secret }), StringComparison.Ordinal);
        Assert.StartsWith(
            "There is no such task",
            await tools.RefusedAsync("comment_task", new { task = secret, text = "Hello" }),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Hide the letters", await tools.CallAsync("read_task"), StringComparison.Ordinal);
        Assert.StartsWith(
            "There is no task T-99999",
            await tools.RefusedAsync("read_task", new { task = "T-99999" }),
            StringComparison.Ordinal
        );
        Assert.False(await republic.QueryAsync(db => db.TaskComments.AnyAsync(c => c.TaskId == secret, Ct)));
    }

    [Fact]
    public async Task A_task_that_is_shared_with_the_person_is_read_and_only_its_owner_has_minions_comment_on_it()
    {
        var shared = await SharedTask.MakeAsync(ada);
        await shared.AcceptedByAsync(jonas);
        var sage = await jonas.NewMinionAsync("guest");
        var tools = await CalledTools.OpenAsync(republic, sage.Id);

        var read = await tools.CallAsync("read_task", new { task = shared.Task });

        Assert.Contains("The owner wrote this", read, StringComparison.Ordinal);
        Assert.DoesNotContain("7.25", read, StringComparison.Ordinal);
        Assert.True(tools.Session.HasReadOthers);
        Assert.StartsWith(
            "There is no such task",
            await tools.RefusedAsync("comment_task", new { task = shared.Task, text = "Hello" }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_time_is_told_in_the_zone_of_the_profile_or_the_one_that_is_asked_for()
    {
        var nora = await republic.NewPersonAsync("Nora");
        var sage = await nora.NewMinionAsync("clock");
        var tools = await CalledTools.OpenAsync(republic, sage.Id);

        Assert.Contains("UTC. The person’s profile names no time zone", await tools.CallAsync("current_time"), StringComparison.Ordinal);
        await using var scope = republic.Services.CreateAsyncScope();
        var fields = scope.ServiceProvider.GetRequiredService<CustomFieldEditor>();
        Assert.True((await fields.SetAsync(nora.Id, nora.Id, [new CustomFieldInput("Time zone", "Asia/Tokyo")], Ct)).Ok);

        Assert.EndsWith("+09:00, Asia/Tokyo", await tools.CallAsync("current_time"), StringComparison.Ordinal);
        Assert.EndsWith(
            "+05:45, Asia/Kathmandu",
            await tools.CallAsync("current_time", new { zone = "Asia/Kathmandu" }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "There is no time zone",
            await tools.RefusedAsync("current_time", new { zone = "../etc" }),
            StringComparison.Ordinal
        );
    }
}
