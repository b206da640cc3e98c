namespace Republic.Core.Tasks;

/// <summary>States and priorities as people read them.</summary>
public static class TaskWords
{
    public static string Of(WorkTaskStatus status) =>
        status switch
        {
            WorkTaskStatus.Todo => "To do",
            WorkTaskStatus.InProgress => "In progress",
            WorkTaskStatus.Review => "Review",
            WorkTaskStatus.Done => "Done",
            _ => "Archive",
        };

    public static string Of(TaskPriority priority) => priority == TaskPriority.None ? "No priority" : priority.ToString();
}
