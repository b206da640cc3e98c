using Republic.Core.Tasks;

namespace Republic.Web.Pages.Tasks;

/// <summary>States as addresses and forms name them, which is as the API does.</summary>
internal static class TaskStates
{
    public static string Code(WorkTaskStatus status) =>
        status switch
        {
            WorkTaskStatus.Todo => "TODO",
            WorkTaskStatus.InProgress => "IN_PROGRESS",
            WorkTaskStatus.Review => "REVIEW",
            WorkTaskStatus.Done => "DONE",
            _ => "ARCHIVED",
        };

    /// <summary>Null for what is none.</summary>
    public static WorkTaskStatus? Of(string? code)
    {
        foreach (var status in Enum.GetValues<WorkTaskStatus>())
        {
            if (Code(status) == code)
            {
                return status;
            }
        }

        return null;
    }

    /// <summary>Where a task of this state can be moved to.</summary>
    public static IEnumerable<WorkTaskStatus> Others(WorkTaskStatus status) =>
        status == WorkTaskStatus.Archived ? [WorkTaskStatus.Todo] : Enum.GetValues<WorkTaskStatus>().Where(other => other != status);

    public static string? Tone(WorkTaskStatus status) =>
        status switch
        {
            WorkTaskStatus.InProgress or WorkTaskStatus.Done => "good",
            WorkTaskStatus.Review => "warn",
            _ => null,
        };
}
