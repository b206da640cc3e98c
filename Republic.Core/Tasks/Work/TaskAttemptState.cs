namespace Republic.Core.Tasks.Work;

/// <summary>The state of an attempt as the page and the API show it.</summary>
public enum TaskAttemptState
{
    /// <summary>Waits for a node with room.</summary>
    Pending,

    /// <summary>The minion is at work. Where a later start of the job finds it so, it was interrupted.</summary>
    Working,

    /// <summary>Its answer is the hand-in.</summary>
    HandedIn,

    /// <summary>It asked for something, or for a tool call to be allowed, and waits for its person.</summary>
    Waiting,

    /// <summary>Refused, broken off, interrupted, or over a limit; the error says which, and what had come is kept.</summary>
    Failed,

    /// <summary>By a person, or because the task was no longer the minion's; what had come is kept.</summary>
    Stopped,
}
