using Republic.Core.Tasks.Board;

namespace Republic.Core.Navigation;

/// <summary>The counts in the navigation of every page: what waits for a person.</summary>
/// <param name="Chats">Conversations with something new in them, or with a tool call to decide on.</param>
/// <param name="IsTraining">A run of theirs waits or works.</param>
/// <param name="Episodes">Episodes that go on when they do something.</param>
/// <param name="Memories">Proposals and contradictions to decide on.</param>
/// <param name="RefusedKeys">Their stored keys that the provider refused when it was asked last.</param>
public sealed record NavigationCounts(int Chats, bool IsTraining, TasksWaiting Tasks, int Episodes, int Memories, int RefusedKeys)
{
    /// <summary>The counts of a person who is not there any more.</summary>
    public static NavigationCounts None { get; } = new(0, false, new TasksWaiting(0, 0), 0, 0, 0);
}
