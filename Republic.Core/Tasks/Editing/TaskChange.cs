using Republic.Core.Data;

namespace Republic.Core.Tasks.Editing;

/// <summary>A change of one task, within the transaction that saves it.</summary>
/// <param name="Actor">Who changes it.</param>
internal sealed record TaskChange(RepublicDb Db, WorkTask Task, Guid Actor, DateTimeOffset Now)
{
    /// <summary>False where a person with whom it is shared changes it, or a minion.</summary>
    public bool IsByOwner => Actor == Task.OwnerId;

    /// <summary>To be done once it is saved, in this order. A copy of the change for another task adds to the same list.</summary>
    public List<Func<CancellationToken, Task>> AfterCommit { get; } = [];

    /// <summary>
    /// Tasks whose live event is published once it is saved, each once. Of its own task publishes whoever makes the change. A copy of the
    /// change for another task adds to the same set.
    /// </summary>
    public HashSet<Guid> PublishedAfterCommit { get; } = [Task.Id];

    /// <summary>
    /// Entries of the audit log, appended once all else is saved: whoever has that log's lock and waits for a task holds up all writers.
    /// </summary>
    public List<(Guid Person, string Action, string Subject)> Audited { get; } = [];

    /// <summary>Writes a line of the task's history.</summary>
    public void Note(TaskActivityKind kind, string? before = null, string? after = null) =>
        Db.TaskActivities.Add(
            new TaskActivity
            {
                TaskId = Task.Id,
                CitizenId = Actor,
                Kind = kind,
                Before = before?.AtMost(TaskRules.LongestTitle),
                After = after?.AtMost(TaskRules.LongestTitle),
                CreatedAt = Now,
            }
        );
}
