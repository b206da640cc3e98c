using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Files;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Attachments;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Editing;
using Republic.Core.Tasks.Work;

namespace Republic.Tests.World;

/// <summary>Tasks of one person, and what minions do for them.</summary>
internal sealed class Tasked(IRepublic republic, Inhabitant person)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A task that this minion is to do.</summary>
    public Task<Guid> MakeAsync(Guid? minion, string title = "Find the row", Guid? dependsOn = null, decimal? budget = null) =>
        OkAsync<TaskEditor, Guid>(editor =>
            editor.CreateAsync(
                person.Id,
                new TaskInput
                {
                    Title = title,
                    Description = "One row is missing in the file.",
                    AssignedTo = minion,
                    DependsOn = dependsOn is { } other ? [other] : null,
                    Budget = budget,
                },
                null,
                Ct
            )
        );

    public Task<Guid> MoveAsync(Guid task, WorkTaskStatus status, string? reason = null) =>
        OkAsync<TaskMover, Guid>(mover => mover.MoveAsync(person.Id, task, new TaskMove(status, Reason: reason), Ct));

    public Task<Guid> AssignAsync(Guid task, Guid? citizen) =>
        OkAsync<TaskAssignment, Guid>(assignment => assignment.AssignAsync(person.Id, task, citizen, Ct));

    public Task<TaskComment> SayAsync(Guid task, string content) =>
        OkAsync<TaskComments, TaskComment>(comments => comments.AddAsync(person.Id, task, content, Ct));

    public Task<Guid> DeleteAsync(Guid task) => OkAsync<TaskEditor, Guid>(editor => editor.DeleteAsync(person.Id, task, Ct));

    public Task<Guid> SetBudgetAsync(Guid task, decimal budget) =>
        OkAsync<TaskEditor, Guid>(editor =>
            editor.UpdateAsync(person.Id, task, new TaskInput { Title = "Find the row", Budget = budget }, Ct)
        );

    public Task<Guid> DescribeAsync(Guid task, string title, string description) =>
        OkAsync<TaskEditor, Guid>(editor =>
            editor.UpdateAsync(person.Id, task, new TaskInput { Title = title, Description = description }, Ct)
        );

    public async Task AttachAsync(Guid task, string name, byte[] content)
    {
        using var file = await OkAsync<TaskAttachmentUpload, ReceivedFile>(upload =>
            upload.ReceiveAsync(person.Id, new MemoryStream(content), name, Ct)
        );
        await OkAsync<TaskAttachments, TaskAttachment>(attachments => attachments.AddAsync(person.Id, task, file, Ct));
    }

    public Task<Outcome<Guid>> StartAsync(Guid task) =>
        AskAsync<TaskWorkControl, Outcome<Guid>>(control => control.StartAsync(person.Id, task, Ct));

    public Task<Outcome<Guid>> StopAsync(Guid task) =>
        AskAsync<TaskWorkControl, Outcome<Guid>>(control => control.StopAsync(person.Id, task, Ct));

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<TaskAttemptCard>> AttemptsAsync(Guid task) =>
        (
            await AskAsync<TaskAttempts, Outcome<IReadOnlyList<TaskAttemptCard>>>(reader =>
                reader.ListAsync(person.Id, task, 100, null, Ct)
            )
        ).Value!;

    public async Task<TaskSpending> SpendingAsync(Guid task) =>
        (await AskAsync<TaskAttempts, Outcome<TaskSpending>>(reader => reader.SpendingAsync(person.Id, task, Ct))).Value!;

    /// <summary>The last attempt, once there are so many and none is active.</summary>
    public Task<TaskAttemptCard> EndAsync(Guid task, int attempts = 1) =>
        Until.SomethingAsync(async () => await AttemptsAsync(task) is { } all && all.Count == attempts && !all[0].IsActive ? all[0] : null);

    public Task<WorkTask> ReadAsync(Guid task) => republic.QueryAsync(db => db.Tasks.AsNoTracking().SingleAsync(t => t.Id == task, Ct));

    public Task<List<TaskComment>> CommentsAsync(Guid task) =>
        republic.QueryAsync(db => db.TaskComments.AsNoTracking().Where(c => c.TaskId == task).OrderBy(c => c.Id).ToListAsync(Ct));

    public Task<List<TaskActivity>> HistoryAsync(Guid task) =>
        republic.QueryAsync(db => db.TaskActivities.AsNoTracking().Where(a => a.TaskId == task).OrderBy(a => a.Id).ToListAsync(Ct));

    private async Task<T> OkAsync<TService, T>(Func<TService, Task<Outcome<T>>> ask)
        where TService : notnull
    {
        var outcome = await AskAsync(ask);
        Assert.True(outcome.Ok, outcome.Failure?.Message);
        return outcome.Value!;
    }

    private async Task<T> AskAsync<TService, T>(Func<TService, Task<T>> ask)
        where TService : notnull
    {
        await using var scope = republic.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
