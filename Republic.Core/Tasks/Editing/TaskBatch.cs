namespace Republic.Core.Tasks.Editing;

/// <summary>Changes many tasks, each for itself: what is refused stays as it was, and the others are changed.</summary>
public sealed class TaskBatch(TaskMover mover, TaskAssignment assignment)
{
    public const int Most = 200;

    public Task<TaskBatchResult> MoveAsync(Guid me, IReadOnlyList<Guid> ids, WorkTaskStatus to, CancellationToken ct) =>
        EachAsync(ids, id => mover.MoveAsync(me, id, new TaskMove(to), ct));

    /// <param name="citizen">Null for nobody.</param>
    public Task<TaskBatchResult> AssignAsync(Guid me, IReadOnlyList<Guid> ids, Guid? citizen, CancellationToken ct) =>
        EachAsync(ids, id => assignment.AssignAsync(me, id, citizen, ct));

    private static async Task<TaskBatchResult> EachAsync(IReadOnlyList<Guid> ids, Func<Guid, Task<Outcome<Guid>>> change)
    {
        List<Guid> chosen = [.. ids.Distinct()];
        if (chosen.Count > Most)
        {
            return new TaskBatchResult(
                0,
                chosen.Count,
                Failure.Conflict($"At most {Most} tasks are changed at a time. Nothing was changed: select fewer.")
            );
        }

        var done = 0;
        List<Failure> refused = [];
        foreach (var id in chosen)
        {
            if ((await change(id)).Failure is { } failure)
            {
                refused.Add(failure);
            }
            else
            {
                done++;
            }
        }

        return new TaskBatchResult(done, refused.Count, refused.FirstOrDefault());
    }
}
