namespace Republic.Core.Tasks.Board;

/// <param name="Tasks">The first of them.</param>
/// <param name="Count">The number of all of them.</param>
public sealed record TaskColumn(WorkTaskStatus Status, IReadOnlyList<TaskCard> Tasks, int Count)
{
    public static IReadOnlyList<WorkTaskStatus> OfBoard { get; } =
    [WorkTaskStatus.Todo, WorkTaskStatus.InProgress, WorkTaskStatus.Review, WorkTaskStatus.Done];
}
