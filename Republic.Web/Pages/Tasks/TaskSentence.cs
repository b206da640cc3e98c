using Republic.Core.Tasks;
using Republic.Core.Tasks.Details;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Tasks;

/// <summary>How a task stands, in one sentence.</summary>
internal static class TaskSentence
{
    public static string Of(TaskDetail detail, Guid me)
    {
        var task = detail.Task;
        var who =
            task.AssignedTo is null ? null
            : task.AssignedTo == me ? "You"
            : PlainName.Of(task.Assignee?.DisplayName ?? "Somebody else");
        var whose = detail.IsOwner ? "your" : "the owner's";
        return task.Status switch
        {
            WorkTaskStatus.Archived => "It is in the archive.",
            WorkTaskStatus.Done => who is null ? "It is done." : $"{who} did it, and it is done.",
            WorkTaskStatus.Review when task.Round > 1 => $"{who ?? "Somebody"} handed in round {task.Round}. It waits for {whose} review.",
            WorkTaskStatus.Review => $"It waits for {whose} review.",
            WorkTaskStatus.InProgress when task.Waiting => $"{who} waits for your answer.",
            _ when task.Working => $"{who} is at work.",
            _ when task.IsBlocked => $"It is blocked by {string.Join(", ", task.Blockers.Take(5).Select(number => $"T-{number}"))}.",
            WorkTaskStatus.InProgress => who is null ? "It is in progress, and nobody is assigned."
            : who == "You" ? "You are working on it."
            : $"{who} does it.",
            _ => who is null ? "Nobody is assigned yet."
            : who == "You" ? "It is yours to do."
            : $"{who} is to do it.",
        };
    }
}
