using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Tasks.Editing;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>What follows a change of a task, once it is saved.</summary>
public sealed class TaskAfterCommitTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_step_that_fails_neither_hides_the_change_nor_keeps_the_next_from_running()
    {
        var (me, task) = (republic.Jonas.Id, await new Tasked(republic, republic.Jonas).MakeAsync(minion: null));
        await using var scope = republic.Services.CreateAsyncScope();
        var hasRun = false;

        var changed = await scope
            .ServiceProvider.GetRequiredService<TaskChanges>()
            .ChangeAsync(
                me,
                me,
                task,
                change =>
                {
                    change.Task.Title = "Renamed";
                    change.AfterCommit.Add(_ => throw new InvalidOperationException("No node takes it"));
                    change.AfterCommit.Add(_ =>
                    {
                        hasRun = true;
                        return Task.CompletedTask;
                    });
                    return Task.FromResult<Failure?>(null);
                },
                Ct
            );

        Assert.Equal(task, changed.Value);
        Assert.True(hasRun);
        Assert.Equal("Renamed", await republic.QueryAsync(db => db.Tasks.Where(t => t.Id == task).Select(t => t.Title).SingleAsync(Ct)));
    }
}
