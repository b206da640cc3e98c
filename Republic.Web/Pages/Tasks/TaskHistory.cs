using Republic.Core.Tasks;
using Republic.Core.Tasks.Details;

namespace Republic.Web.Pages.Tasks;

/// <summary>What happened to a task, as its history tells it.</summary>
internal static class TaskHistory
{
    /// <summary>What follows the name of whoever did it: "moved it from To do to Review".</summary>
    public static string Of(TaskActivityCard activity)
    {
        var (before, after) = (activity.Before, activity.After);
        return activity.Kind switch
        {
            TaskActivityKind.Created => "made the task",
            TaskActivityKind.Renamed => $"called it “{after}” instead of “{before}”",
            TaskActivityKind.Described => "changed what is to be done",
            TaskActivityKind.Moved => $"moved it from “{before}” to “{after}”",
            TaskActivityKind.Assigned => after is null ? $"took it from {before}" : $"gave it to {after}",
            TaskActivityKind.Prioritized => $"set the priority to {after?.ToLowerInvariant()}",
            TaskActivityKind.Scheduled => after is null ? "took the due date away" : $"made it due on {after}",
            TaskActivityKind.Labelled => string.IsNullOrEmpty(after) ? "took all labels away" : $"labelled it {after}",
            TaskActivityKind.Capability => after is null ? "let it count for no capability" : $"let it count for {after}",
            TaskActivityKind.Budget => after is null ? "took the budget away" : $"set the budget to ${after}",
            TaskActivityKind.Parent => after is null ? "made it a task of its own" : $"made it a part of {after}",
            TaskActivityKind.DependencyAdded => $"let it wait for {after}",
            TaskActivityKind.DependencyRemoved => $"let it wait for {before} no longer",
            TaskActivityKind.FileAdded => $"added the file {after}",
            TaskActivityKind.FileRemoved => $"deleted the file {before}",
            TaskActivityKind.WorkBegun => after is null ? "began" : $"began {after.ToLowerInvariant()}",
            TaskActivityKind.WorkRefused => $"asked for a start, which was refused: {after}",
            TaskActivityKind.WorkFailed => $"failed: {after}",
            TaskActivityKind.WorkStopped => after is null ? "stopped the work" : $"stopped the work: {after}",
            TaskActivityKind.WorkWaiting => "asked for something",
            _ => "changed it",
        };
    }

    /// <summary>Comments and what happened, in the order of time.</summary>
    public static IEnumerable<(TaskCommentCard? Comment, TaskActivityCard? Activity)> Entries(TaskDetail detail)
    {
        var comments = detail.Comments.Select(comment => new Entry(comment.CreatedAt, comment, null));
        var events = detail.Activities.Select(activity => new Entry(activity.CreatedAt, null, activity));
        return comments.Concat(events).OrderBy(entry => entry.At).Select(entry => (entry.Comment, entry.Activity));
    }

    private sealed record Entry(DateTimeOffset At, TaskCommentCard? Comment, TaskActivityCard? Activity);
}
