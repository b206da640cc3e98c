using Republic.Core.Data;

namespace Republic.Core.Tasks.Editing;

/// <summary>A change of one task, within the transaction that saves it.</summary>
/// <param name="Actor">Who changes it.</param>
internal sealed record TaskChange(RepublicDb Db, WorkTask Task, Guid Actor, DateTimeOffset Now)
{
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
