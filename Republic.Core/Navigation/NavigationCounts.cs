using Republic.Core.Tasks.Board;

namespace Republic.Core.Navigation;

/// <summary>What waits for a person, as the navigation of every page shows it.</summary>
/// <param name="UnreadChats">Conversations with something new in them.</param>
/// <param name="IsTraining">A run of theirs waits or works.</param>
public sealed record NavigationCounts(int UnreadChats, bool IsTraining, TasksWaiting Tasks)
{
    /// <summary>Of a page that nobody is signed in on.</summary>
    public static NavigationCounts None { get; } = new(0, false, new TasksWaiting(0, 0));
}
