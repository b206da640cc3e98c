using Republic.Core.Tasks;

namespace Republic.Web.Api.Tasks;

/// <summary>The states and priorities of tasks as the API spells them.</summary>
internal static class TaskNames
{
    public const string Statuses = "The status is TODO, IN_PROGRESS, REVIEW, DONE or ARCHIVED.";

    /// <summary>Null for what is no state, in any case of letters.</summary>
    public static WorkTaskStatus? Status(string? name) =>
        name?.ToUpperInvariant() switch
        {
            "TODO" => WorkTaskStatus.Todo,
            "IN_PROGRESS" => WorkTaskStatus.InProgress,
            "REVIEW" => WorkTaskStatus.Review,
            "DONE" => WorkTaskStatus.Done,
            "ARCHIVED" => WorkTaskStatus.Archived,
            _ => null,
        };

    public static TaskPriority? Priority(string name) =>
        !int.TryParse(name, out _) && Enum.TryParse<TaskPriority>(name, ignoreCase: true, out var priority) ? priority : null;
}
